package io.maie.edge.result;

import io.maie.edge.transcript.Transcript;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A transcript as subtitle files.
 *
 * @param speakers whose names are shown
 * @param last the end of the recording, in milliseconds
 */
record Subtitles(Transcript transcript, Speakers speakers, long last) {
  private static final int MILLIS_PER_SECOND = 1_000;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;

  /**
   * SubRip: numbered cues, a comma before the milliseconds, no way to escape anything; speakers are
   * named where they begin.
   */
  String subRip() {
    StringBuilder text = new StringBuilder();
    List<Cue> cues = Cues.of(transcript, speakers, last);
    for (int i = 0; i < cues.size(); i++) {
      Cue cue = cues.get(i);
      text.append(i + 1).append('\n');
      text.append(times(cue, ','));
      cue.lines().forEach(line -> text.append(line).append('\n'));
      text.append('\n');
    }
    return text.toString();
  }

  /** WebVTT: a header, a point before the milliseconds, three characters escaped, voices. */
  String webVtt() {
    StringBuilder text = new StringBuilder("WEBVTT\n\n");
    for (Cue cue : Cues.of(transcript, Speakers.orNone(null), last)) {
      text.append(times(cue, '.'));
      @Nullable String speaker = speakers.nameOf(cue.speaker());
      if (speaker != null) {
        text.append("<v ").append(escaped(PlainText.oneLine(speaker))).append('>');
      }
      cue.lines().forEach(line -> text.append(escaped(line)).append('\n'));
      text.append('\n');
    }
    return text.toString();
  }

  private static String times(Cue cue, char point) {
    return time(cue.start(), point) + " --> " + time(cue.end(), point) + "\n";
  }

  private static String time(long millis, char point) {
    long seconds = millis / MILLIS_PER_SECOND;
    long minutes = seconds / SECONDS_PER_MINUTE;
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d%c%03d",
        minutes / MINUTES_PER_HOUR,
        minutes % MINUTES_PER_HOUR,
        seconds % SECONDS_PER_MINUTE,
        point,
        millis % MILLIS_PER_SECOND);
  }

  private static String escaped(String line) {
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
