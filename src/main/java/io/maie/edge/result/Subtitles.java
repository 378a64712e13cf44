package io.maie.edge.result;

import io.maie.edge.transcript.Transcript;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Transcripts as subtitle files. */
final class Subtitles {
  private static final int MILLIS_PER_SECOND = 1_000;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;

  private Subtitles() {}

  /**
   * SubRip: numbered cues, a comma before the milliseconds, no way to escape anything.
   *
   * @param speakers to be named where they begin
   * @param last the end of the recording, in milliseconds
   */
  static String subRip(Transcript transcript, Speakers speakers, long last) {
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

  /**
   * WebVTT: a header, a point before the milliseconds, three characters escaped, voices.
   *
   * @param last the end of the recording, in milliseconds
   */
  static String webVtt(Transcript transcript, Speakers speakers, long last) {
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
