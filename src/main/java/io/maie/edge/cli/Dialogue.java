package io.maie.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A result as a dialogue: one line for what a speaker says until another one speaks. */
final class Dialogue {
  private static final int SECONDS_PER_MINUTE = 60;

  private Dialogue() {}

  /**
   * The lines, such as {@code [0:05] Anna: Good morning.}
   *
   * @param results of a published document
   * @return nothing if speakers are not known
   */
  static List<String> of(JsonNode results) {
    List<String> lines = new ArrayList<>();
    if (results.path("speakers").isEmpty()) {
      return lines;
    }
    Map<String, String> names = new HashMap<>();
    for (JsonNode speaker : results.path("speakers")) {
      String id = speaker.path("id").asText();
      names.put(id, speaker.path("name").asText(id));
    }
    String last = "";
    StringBuilder line = new StringBuilder();
    for (JsonNode segment : results.path("segments")) {
      String id = segment.path("speaker").asText();
      if (line.length() > 0 && !id.equals(last)) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (line.length() == 0) {
        line.append(time(segment.path("start").asDouble()));
        line.append(names.getOrDefault(id, "?")).append(':');
      }
      line.append(' ').append(segment.path("text").asText());
      last = id;
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static String time(double seconds) {
    long whole = (long) seconds;
    return "[%d:%02d] ".formatted(whole / SECONDS_PER_MINUTE, whole % SECONDS_PER_MINUTE);
  }
}
