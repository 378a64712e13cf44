package io.maie.edge.result;

import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.RemovalRule;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Sentence;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Documents as a small task would make them; those of docs/RESULT.md. */
final class SampleDocuments {
  private static final int RATE = 16_000;

  private SampleDocuments() {}

  static ResultDocument.Completed complete() {
    Transcript transcript = spoken();
    List<SpeechRegion> regions = List.of(new SpeechRegion(new SampleSpan(4_800, 67_200)));
    return new ResultDocument.Completed(
        envelope(audio()),
        new Results(
            transcript, clean(), summary(), regions, speakers(transcript), List.of(removed())),
        new Metrics(
            6 * RATE,
            Duration.ofMillis(1_480),
            regions,
            transcript,
            new Enhancement(0.04, 0.25, 2, 2, 1, 0, 0, 0, null),
            true,
            List.of(
                new StageReport("decode", Duration.ofMillis(120), "ok"),
                new StageReport("vad", Duration.ofMillis(60), "ok"),
                new StageReport("asr", Duration.ofNanos(1_250_400_000), "ok"),
                new StageReport("diarization", Duration.ofMillis(310), "ok"),
                new StageReport("text", Duration.ofMillis(2), "ok")),
            241_172_480),
        new Versions(
            "0.1.0",
            model("ctc-en"),
            model("vad"),
            List.of(model("segmentation"), model("embedding")),
            filter(),
            "5.1.6",
            runtime()));
  }

  private static CleanTranscript clean() {
    return new CleanTranscript(
        List.of(
            new Paragraph("S1", List.of(new Sentence(span(0.32, 2.1), "Good morning, Zoe\u0308."))),
            new Paragraph("S2", List.of(new Sentence(span(3, 4.2), "Hello.")))));
  }

  private static Summary summary() {
    return new Summary(
        "extractive",
        "generic_summary_en_v2",
        "sha256:" + "ef".repeat(32),
        new TreeMap<>(
            Map.of(
                "title",
                "Good morning",
                "summary",
                "Good morning, Zoe\u0308.",
                "key_topics",
                List.of("Good morning"),
                "tags",
                List.of("Zoe\u0308"))),
        List.of(new SummarySource("/summary", List.of(span(0.32, 2.1)))),
        null);
  }

  private static RemovedSegment removed() {
    return new RemovedSegment(
        span(4.5, 6), "Thanks for watching!", RemovalRule.PATTERN, "thanks for watching");
  }

  private static FilterIdentity filter() {
    return new FilterIdentity(
        new TreeMap<>(Map.of("hallucinations.yaml", "sha256:" + "cd".repeat(32))),
        Map.of("max_repetition", 0.6, "min_words", 0));
  }

  static ResultDocument.Failed failed() {
    ProcessingException failure =
        new ProcessingException(
                FailureCode.AUDIO_TOO_SHORT,
                "Expected at least 0.500 s of sound, found 0.120 s: 'board/call 7.wav'",
                "Record for longer; the operator can lower limits.min_duration.")
            .withDetail("min_seconds", "0.500")
            .withDetail("found_seconds", "0.120");
    return new ResultDocument.Failed(
        envelope(null),
        new FailureReport(
            failure.code(),
            "decode",
            String.valueOf(failure.getMessage()),
            failure.hint().orElseGet(() -> failure.code().advice()),
            failure.details()));
  }

  static Transcript transcript() {
    return Transcript.of(
        new Language("en", 0.98),
        List.of(
            segment(
                0.32,
                2.1,
                "Good morning, Zoe\u0308.",
                word(0.32, 0.6, "Good", 0.97),
                word(0.64, 1.2, "morning", 0.91),
                word(1.3, 2.1, "Zoe\u0308", 0.62)),
            new Segment(
                span(3, 4.2),
                "Hello.",
                0.9,
                List.of(new Word(span(3, 4.2), "Hello", 0.8876, true)),
                new DecodingScores(-0.2141, 0.0312, 0.8571, 0))));
  }

  /** The transcript with two speakers, the second of whom talks while the first does. */
  static Transcript spoken() {
    List<Segment> segments = transcript().segments();
    SpeakerLabel zoe = new SpeakerLabel("S2", true);
    return Transcript.of(
        new Language("en", 0.98),
        List.of(
            spoken(segments.get(0), new SpeakerLabel("S1", false)), spoken(segments.get(1), zoe)));
  }

  private static Segment spoken(Segment segment, SpeakerLabel label) {
    return segment.withSpeaker(
        label, segment.words().stream().map(word -> word.withSpeaker(label)).toList());
  }

  static Speakers speakers(Transcript transcript) {
    return Speakers.of(
        List.of(
            new Turn(span(0.3, 2.2), 1), new Turn(span(2.9, 4.3), 2), new Turn(span(3.4, 3.9), 1)),
        transcript,
        Map.of("S2", "Zoe\u0308"),
        Map.of());
  }

  static Segment segment(double start, double end, String text, Word... words) {
    return new Segment(span(start, end), text, 0.9, List.of(words));
  }

  static Word word(double start, double end, String text, double probability) {
    return new Word(span(start, end), text, probability);
  }

  static SampleSpan span(double start, double end) {
    return new SampleSpan(Math.round(start * RATE), Math.round(end * RATE));
  }

  static Envelope envelope(@Nullable SourceAudio audio) {
    return new Envelope(
        "0199a1b2c3d4-0001",
        new Source("call 7.wav", "board/call 7.wav", null, null, 192_044, audio),
        Instant.parse("2026-01-02T03:04:05Z"),
        Instant.parse("2026-01-02T03:04:06.25Z"),
        Instant.parse("2026-01-02T03:04:07.7309Z"),
        1,
        RecordingParameters.DEFAULTS,
        List.of(
            new Warning(
                WarningCode.LANGUAGE_ASSUMED,
                "asr",
                "The model 'ctc-en' knows 'en' only and is unsure of the text; the recording may be"
                    + " in another language")));
  }

  private static SourceAudio audio() {
    return new SourceAudio(
        "0f".repeat(32),
        "wav/pcm_s16le",
        RATE,
        1,
        6 * RATE,
        OptionalDouble.of(6),
        true,
        HeardSound.unchanged(6 * RATE));
  }

  private static ModelIdentity model(String name) {
    return new ModelIdentity(
        name, "1", "sha256:" + "ab".repeat(32), "int8", Map.of("threshold", 0.5, "beam", 40));
  }

  private static RuntimeEnvironment runtime() {
    return new RuntimeEnvironment("17.0.15", "1.28.0", "cpu", 2, "Linux 6.1 amd64", "N100");
  }

  /** The results of a recording of which nobody asked for more than a transcript. */
  static Results plain(@Nullable Transcript transcript) {
    return new Results(transcript, null, null, List.of(), null, List.of());
  }
}
