package io.maie.edge.result;

import io.maie.edge.request.RecordingParameters;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A result with the facts that readers want to know about it.
 *
 * @param name of the recording
 * @param receivedAt the time at which the recording arrived
 * @param samples length of the recording
 * @param subtitleSpeakers whether SubRip files say who speaks
 */
record Report(
    Results results, String name, Instant receivedAt, long samples, boolean subtitleSpeakers) {

  static Report of(ResultDocument.Completed document) {
    Envelope envelope = document.envelope();
    @Nullable RecordingParameters parameters = envelope.parameters();
    @Nullable SourceAudio audio = envelope.source().audio();
    return new Report(
        document.results(),
        envelope.source().name(),
        envelope.receivedAt(),
        audio == null ? 0 : audio.samples(),
        parameters != null && parameters.subtitleSpeakers());
  }

  /**
   * The end of the recording, in whole milliseconds; not before its last segment, and far away if
   * its length is not known.
   */
  long lastMillis() {
    return samples == 0 ? Long.MAX_VALUE : Seconds.millis(Math.max(samples, spoken()));
  }

  /** Returns whether anything in it has a time, which a written text has not. */
  boolean hasTimes() {
    return samples > 0 || spoken() > 0;
  }

  /** The end of the last segment. */
  private long spoken() {
    @Nullable Transcript transcript = results.transcript();
    List<Segment> segments = transcript == null ? List.of() : transcript.segments();
    return segments.stream().mapToLong(each -> each.span().end()).max().orElse(0);
  }

  /** ISO 639-1; empty if not known. */
  String language() {
    @Nullable Transcript transcript = results.transcript();
    return transcript == null ? "" : transcript.language().map(Language::code).orElse("");
  }

  /** Name, day, length and language, as people read them. */
  List<String> facts() {
    List<String> facts = new ArrayList<>();
    facts.add(name);
    facts.add(ReportWords.day(receivedAt));
    if (hasTimes()) {
      facts.add(ReportWords.clock(samples));
    }
    String language = language().isEmpty() ? "" : ReportWords.language(language());
    if (!language.isEmpty()) {
      facts.add(language);
    }
    return facts;
  }
}
