package io.maie.edge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A result as a dialogue: one line for what a speaker says until a pause or another speaker. */
final class Dialogue {
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;

  /** A pause, in seconds, behind which a line begins. */
  private static final double PAUSE = 2;

  /** Characters from which the next segment begins a line. */
  private static final int LONG = 600;

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
    double end = 0;
    StringBuilder line = new StringBuilder();
    for (JsonNode segment : results.path("segments")) {
      String id = segment.path("speaker").asText();
      double start = segment.path("start").asDouble();
      boolean begins = !id.equals(last) || start - end >= PAUSE || line.length() >= LONG;
      if (line.length() > 0 && begins) {
        lines.add(line.toString());
        line.setLength(0);
      }
      if (line.length() == 0) {
        line.append(time(start));
        line.append(names.getOrDefault(id, "?")).append(':');
      }
      line.append(' ').append(segment.path("text").asText());
      last = id;
      end = segment.path("end").asDouble();
    }
    if (line.length() > 0) {
      lines.add(line.toString());
    }
    return lines;
  }

  private static String time(double seconds) {
    long whole = (long) seconds;
    long minutes = whole / SECONDS_PER_MINUTE;
    long rest = whole % SECONDS_PER_MINUTE;
    return minutes < MINUTES_PER_HOUR
        ? "[%d:%02d] ".formatted(minutes, rest)
        : "[%d:%02d:%02d] ".formatted(minutes / MINUTES_PER_HOUR, minutes % MINUTES_PER_HOUR, rest);
  }
}
