package io.maie.edge.result;

import io.maie.edge.audio.Waveform;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The words of a report that are not of the recording, in its language if that is Vietnamese, or
 * else in English.
 */
record ReportWords(
    String summary,
    String transcript,
    String speakers,
    String timeline,
    String nothing,
    String quoted,
    String rewritten,
    String notSaid,
    String madeBy) {
  private static final ReportWords ENGLISH =
      new ReportWords(
          "Summary",
          "Transcript",
          "Speakers",
          "Timeline",
          "Nothing was said.",
          "Found by rules: every statement is quoted, and its time leads to the place.",
          "Written by a language model: the times lead to where it was said; check what matters.",
          "not said:",
          "Made by MAIE Edge on");
  private static final ReportWords VIETNAMESE =
      new ReportWords(
          "Tóm tắt",
          "Bản ghi",
          "Người nói",
          "Dòng thời gian",
          "Không có lời nói nào.",
          "Tìm bằng quy tắc: mỗi ý là trích dẫn, và thời điểm dẫn đến chỗ được nói.",
          "Do mô hình ngôn ngữ viết: thời điểm dẫn đến chỗ được nói; hãy kiểm tra điều quan trọng.",
          "không được nói:",
          "Do MAIE Edge lập ngày");

  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;

  static ReportWords of(String language) {
    return language.equals("vi") ? VIETNAMESE : ENGLISH;
  }

  /** A time in a recording, such as 3:07 or 1:02:03. */
  static String clock(long samples) {
    long seconds = samples / Waveform.SAMPLE_RATE;
    long minutes = seconds / SECONDS_PER_MINUTE;
    long hours = minutes / MINUTES_PER_HOUR;
    return hours == 0
        ? String.format(Locale.ROOT, "%d:%02d", minutes, seconds % SECONDS_PER_MINUTE)
        : String.format(
            Locale.ROOT,
            "%d:%02d:%02d",
            hours,
            minutes % MINUTES_PER_HOUR,
            seconds % SECONDS_PER_MINUTE);
  }

  /** The day in UTC. */
  static String day(Instant instant) {
    return DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC).format(instant);
  }

  /** The language in its own words; empty if it is not known. */
  static String language(String code) {
    Locale locale = Locale.forLanguageTag(code);
    String name = locale.getDisplayLanguage(locale);
    return name.isEmpty() ? "" : name.substring(0, 1).toUpperCase(locale) + name.substring(1);
  }
}
