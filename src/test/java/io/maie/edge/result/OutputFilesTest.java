package io.maie.edge.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OutputFilesTest {

  @Test
  void subtitlesFollowTheWordsAndKeepThePunctuation() {
    assertThat(render(OutputFormat.SRT, SampleDocuments.transcript()))
        .isEqualTo(
            """
            1
            00:00:00,320 --> 00:00:02,100
            Good morning, Zo\u00EB.

            2
            00:00:03,000 --> 00:00:04,200
            Hello.

            """);
  }

  @Test
  void webVttHasItsHeaderAndEscapesMarkup() {
    Transcript transcript =
        Transcript.of(List.of(SampleDocuments.segment(3_599.5, 3_601, "a <b> --> & c")));

    assertThat(render(OutputFormat.VTT, transcript))
        .isEqualTo(
            """
            WEBVTT

            00:59:59.500 --> 01:00:01.000
            a &lt;b&gt; --&gt; &amp; c

            """);
  }

  @Test
  void aPauseOfTwoSecondsBeginsAParagraph() {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(0, 1, " One."),
                SampleDocuments.segment(1.5, 2, "Two\nlines."),
                SampleDocuments.segment(2.1, 2.2, " "),
                SampleDocuments.segment(4, 5, "Three.")));

    assertThat(render(OutputFormat.TXT, transcript)).isEqualTo("One. Two lines.\n\nThree.\n");
  }

  @Test
  void aLongParagraphEndsAtAShorterPause() {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      segments.add(SampleDocuments.segment(i * 2, i * 2 + 1.3, "Thirty characters, more or less"));
    }

    assertThat(render(OutputFormat.TXT, Transcript.of(segments)).split("\n\n")).hasSize(3);
  }

  @Test
  void silenceGivesEmptyFiles() {
    Transcript silence = Transcript.of(List.of());

    assertThat(render(OutputFormat.TXT, silence)).isEmpty();
    assertThat(render(OutputFormat.SRT, silence)).isEmpty();
    assertThat(render(OutputFormat.VTT, silence)).isEqualTo("WEBVTT\n\n");
  }

  @Test
  void longSegmentsWithoutWordsAreSharedOutByLength() {
    String text = "These words have no times of their own, ".repeat(6).strip();
    Transcript transcript = Transcript.of(List.of(SampleDocuments.segment(10, 30, text)));

    List<Cue> cues = cues(transcript);

    assertThat(cues).hasSize(3).allMatch(cue -> cue.end() - cue.start() >= 500);
    assertThat(cues.get(0).start()).isEqualTo(10_000);
    assertThat(cues.get(cues.size() - 1).end()).isEqualTo(30_000);
    assertThat(joined(cues)).isEqualTo(text);
  }

  @Test
  void writingWithoutBlanksIsCutBetweenCharacters() {
    String text = "\u6F22\u5B57\uD83D\uDC69\u200D\uD83D\uDCBB".repeat(40);
    Transcript transcript = Transcript.of(List.of(SampleDocuments.segment(0, 20, text)));

    List<Cue> cues = cues(transcript);

    assertThat(cues.stream().flatMap(cue -> cue.lines().stream()).toList())
        .allSatisfy(line -> assertThat(line.length()).isBetween(1, Cues.MAX_LINE))
        .noneMatch(line -> Character.isLowSurrogate(line.charAt(0)));
    assertThat(String.join("", cues.stream().flatMap(cue -> cue.lines().stream()).toList()))
        .isEqualTo(text);
  }

  @Test
  void twoLinesAreOfLikeLength() {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(
                    0, 5, "A sentence of somewhat more than forty characters, no more")));

    assertThat(cues(transcript).get(0).lines())
        .containsExactly("A sentence of somewhat more", "than forty characters, no more");
  }

  @Test
  void aSentenceThatEndsEndsItsCue() {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(0, 6, "The first sentence is long enough. The second")));

    assertThat(cues(transcript))
        .extracting(cue -> String.join(" ", cue.lines()))
        .containsExactly("The first sentence is long enough.", "The second");
  }

  /** Subtitles of any transcript are in order, apart, short enough and complete. */
  @Test
  void everyTranscriptGivesSubtitlesThatCanBeRead() {
    long seed = Long.getLong("maie.seed", 20_261_123L);
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Transcript transcript = randomTranscript(random);

      List<Cue> cues = cues(transcript);

      long end = 0;
      for (Cue cue : cues) {
        assertThat(cue.start()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
        assertThat(cue.end()).as("seed %d", seed).isGreaterThan(cue.start());
        assertThat(cue.lines()).as("seed %d", seed).hasSizeBetween(1, Cues.MAX_LINES);
        assertThat(cue.lines())
            .as("seed %d", seed)
            .allMatch(line -> !line.isBlank() && line.length() <= Cues.MAX_LINE);
        end = cue.end();
      }
      assertThat(joined(cues).replace(" ", ""))
          .as("seed %d", seed)
          .isEqualTo(transcript.text().replace(" ", ""));
    }
  }

  /** Wherever the recording ends, also before the last words had time to be read. */
  @Test
  void noSubtitleStandsAfterTheEndOfTheRecording() {
    Random random = new Random(17);
    for (int round = 0; round < 300; round++) {
      Transcript transcript = randomTranscript(random);
      long spoken =
          transcript.segments().stream().mapToLong(s -> s.span().end()).max().orElse(0) / 16;
      long last = spoken + random.nextInt(300);

      List<Cue> cues = Cues.of(transcript, Speakers.orNone(null), last);

      assertThat(joined(cues)).isEqualTo(joined(cues(transcript)));
      long end = 0;
      for (Cue cue : cues) {
        assertThat(cue.start()).isGreaterThanOrEqualTo(end);
        assertThat(cue.end()).isGreaterThan(cue.start()).isLessThanOrEqualTo(last);
        end = cue.end();
      }
    }
  }

  @Test
  void theLastSubtitleEndsWithTheRecording() {
    Transcript transcript =
        Transcript.of(List.of(SampleDocuments.segment(4, 4.2, "Somebody speaks to the very end")));

    assertThat(Cues.of(transcript, Speakers.orNone(null), 4_200).get(0).end()).isEqualTo(4_200);
    assertThat(Cues.of(transcript, Speakers.orNone(null), 60_000).get(0).end())
        .isGreaterThan(4_700);
  }

  @Test
  void segmentsThatBeginAtOnceAreShownOneAfterTheOther() {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(1, 4, "Both of us talk."),
                SampleDocuments.segment(1, 2, "Yes."),
                SampleDocuments.segment(1, 3, "No.")));

    List<Cue> cues = cues(transcript);

    assertThat(cues).hasSize(3);
    assertThat(cues.get(1).start()).isGreaterThanOrEqualTo(cues.get(0).end());
    assertThat(cues.get(2).start()).isGreaterThanOrEqualTo(cues.get(1).end());
  }

  @Test
  void subtitlesAreBrokenAtClauses() {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(
                    0,
                    8,
                    "We would have come by train, but the line to the coast was closed and nobody"
                        + " had told us about the bus.")));

    assertThat(cues(transcript))
        .extracting(cue -> String.join(" / ", cue.lines()))
        .containsExactly(
            "We would have come by train,",
            "but the line to the coast was closed / and nobody had told us about the bus.");
  }

  @Test
  void wideCharactersTakeTwoCells() {
    String text = "\u4ECA\u65E5\u306F\u5929\u6C17\u304C\u3044\u3044\u306E\u3067\u3001".repeat(6);
    Transcript transcript = Transcript.of(List.of(SampleDocuments.segment(0, 20, text)));

    assertThat(cues(transcript).stream().flatMap(cue -> cue.lines().stream()))
        .allSatisfy(
            line -> assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(21))
        .noneMatch(line -> line.startsWith("\u3001"));
  }

  @Test
  void aCueStaysForAsLongAsReadingTakesIfTheNextLeavesRoom() {
    Transcript transcript =
        Transcript.of(
            List.of(
                SampleDocuments.segment(0, 1, "Somebody who speaks very fast says all of this"),
                SampleDocuments.segment(6, 7, "Later."),
                SampleDocuments.segment(7, 9, "And at once.")));

    List<Cue> cues = cues(transcript);

    assertThat(cues.get(0).end()).isEqualTo(45_000 / 17);
    assertThat(cues.get(2).start() - cues.get(1).end()).isEqualTo(84);
  }

  @Test
  void aFailureIsExplainedInPlainLanguage() {
    assertThat(new String(OutputFiles.explain(SampleDocuments.failed()), UTF_8))
        .isEqualTo(
            """
            No transcript was made of "call 7.wav".

            What happened
              The recording is shorter than the configured minimum.
              Expected at least 0.500 s of sound, found 0.120 s: 'board/call 7.wav'.

            What to do
              Record for longer; the operator can lower limits.min_duration.

            For the operator
              code: AUDIO_TOO_SHORT
              stage: decode
              when: 2026-01-02 03:04:07 UTC
              attempts: 1
              file: board/call 7.wav
              task: 0199a1b2c3d4-0001
              min_seconds: 0.500
              found_seconds: 0.120
            """);
  }

  @Test
  void aFileNameCannotForgeLines() {
    Envelope envelope = SampleDocuments.envelope(null);
    ResultDocument.Failed document =
        new ResultDocument.Failed(
            envelope,
            new FailureReport(
                FailureCode.EMPTY_FILE, null, "a\n  code: \u0007\u202Eevil", "b", Map.of()));

    assertThat(new String(OutputFiles.explain(document), UTF_8))
        .contains("  a code: ??evil.\n")
        .doesNotContain("stage:");
  }

  @ParameterizedTest
  @EnumSource
  void everyCodeHasAdvice(FailureCode code) {
    assertThat(code.advice()).endsWith(".").hasSizeGreaterThan(30);
  }

  @Test
  void eachParagraphAndEachCueNamesItsSpeaker() {
    assertThat(rendered(OutputFormat.TXT))
        .isEqualTo("S1: Good morning, Zo\u00EB.\n\nZo\u00EB: Hello.\n");
    assertThat(rendered(OutputFormat.VTT))
        .contains("\n<v S1>Good morning, Zo\u00EB.\n", "\n<v Zo\u00EB>Hello.\n");
    assertThat(rendered(OutputFormat.SRT)).doesNotContain("S1");
  }

  @Test
  void subRipNamesSpeakersWhereTheyBeginIfThatIsAskedFor() {
    byte[] file =
        OutputFiles.render(
            new Report(SampleDocuments.complete().results(), "a.wav", Instant.EPOCH, 0, true),
            OutputFormat.SRT);

    assertThat(new String(file, UTF_8))
        .contains("\nS1: Good morning, Zo\u00EB.\n", "\nZo\u00EB: Hello.\n");
  }

  @Test
  void turnsAreLinesOfRttm() {
    assertThat(rendered(OutputFormat.RTTM))
        .isEqualTo(
            """
            SPEAKER call_7.wav 1 0.300 1.900 <NA> <NA> S1 <NA> <NA>
            SPEAKER call_7.wav 1 2.900 1.400 <NA> <NA> S2 <NA> <NA>
            SPEAKER call_7.wav 1 3.400 0.500 <NA> <NA> S1 <NA> <NA>
            """);
  }

  private static String rendered(OutputFormat format) {
    return new String(OutputFiles.render(SampleDocuments.complete(), format), UTF_8);
  }

  static String render(OutputFormat format, Transcript transcript) {
    ResultDocument.Completed sample = SampleDocuments.complete();
    return new String(
        OutputFiles.render(
            new ResultDocument.Completed(
                sample.envelope(),
                SampleDocuments.plain(transcript),
                sample.metrics(),
                sample.versions()),
            format),
        UTF_8);
  }

  private static String joined(List<Cue> cues) {
    return String.join(" ", cues.stream().flatMap(cue -> cue.lines().stream()).toList());
  }

  private static Transcript randomTranscript(Random random) {
    List<Segment> segments = new ArrayList<>();
    double time = 0;
    for (int i = random.nextInt(6); i >= 0; i--) {
      double start = Math.max(0, time + random.nextDouble() * 3 - 0.5);
      double at = start;
      List<Word> words = new ArrayList<>();
      for (int w = random.nextInt(40); w >= 0; w--) {
        double end = at + random.nextDouble() * (random.nextInt(20) == 0 ? 12 : 0.5);
        String text = "x".repeat(1 + random.nextInt(random.nextInt(30) == 0 ? 120 : 9));
        words.add(SampleDocuments.word(at, end, text + (random.nextInt(8) == 0 ? "." : ""), 0.5));
        at = end + (random.nextInt(15) == 0 ? 2 : 0);
      }
      String text = String.join(" ", words.stream().map(Word::text).toList());
      boolean timed = random.nextBoolean();
      segments.add(
          SampleDocuments.segment(
              start, at, text, timed ? words.toArray(Word[]::new) : new Word[0]));
      time = at;
    }
    return Transcript.of(segments);
  }

  /** The subtitles of a recording of unknown length, without names. */
  private static List<Cue> cues(Transcript transcript) {
    return Cues.of(transcript, Speakers.orNone(null), Long.MAX_VALUE);
  }
}
