package io.maie.edge.result;

import io.maie.edge.request.OutputFormat;
import io.maie.edge.transcript.Transcript;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contents of the files that a task publishes; all are UTF-8 with line feeds. */
public final class OutputFiles {
  private OutputFiles() {}

  /** The published form of a result that was asked for as {@code format}. */
  public static byte[] render(ResultDocument.Completed document, OutputFormat format) {
    return format == OutputFormat.JSON
        ? ResultCodec.encode(document)
        : render(Report.of(document), format);
  }

  /** The results without what is around them. */
  static byte[] render(Report report, OutputFormat format) {
    Results results = report.results();
    @Nullable Transcript found = results.transcript();
    Transcript transcript = found == null ? Transcript.of(List.of()) : found;
    Speakers speakers = Speakers.orNone(results.speakers());
    return switch (format) {
      case JSON -> ResultCodec.encodeResults(results);
      case TXT -> utf8(PlainText.of(Passage.of(results), speakers));
      case SRT ->
          utf8(
              new Subtitles(
                      transcript,
                      report.subtitleSpeakers() ? speakers : Speakers.orNone(null),
                      report.lastMillis())
                  .subRip());
      case VTT -> utf8(new Subtitles(transcript, speakers, report.lastMillis()).webVtt());
      case RTTM -> utf8(Rttm.of(speakers.turns(), report.name()));
      case MD -> utf8(Markdown.of(report));
      case HTML -> utf8(HtmlReport.of(report));
    };
  }

  /** The explanation in plain language that lies beside a quarantined recording. */
  public static byte[] explain(ResultDocument.Failed document) {
    return utf8(FailureText.of(document));
  }

  private static byte[] utf8(String text) {
    return JsonFields.normalized(text).getBytes(StandardCharsets.UTF_8);
  }
}
