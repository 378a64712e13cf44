package io.maie.edge.asr.hallucination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.RemovalRule;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HallucinationFilterTest {
  private static final DecodingScores SURE = new DecodingScores(-0.2, 0.01, 1, 0);
  private static final DecodingScores UNEASY = new DecodingScores(-0.2, 0.4, 1, 0);
  private static final DecodingScores SILENT = new DecodingScores(-0.2, 0.6, 1, 0);
  private static final DecodingScores GUESSED = new DecodingScores(-1, 0.01, 1, 0);

  private final HallucinationPatterns shipped = ShippedPatterns.read();
  private HallucinationFilter filter =
      new HallucinationFilter(HallucinationOptions.DEFAULTS, shipped);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | blank",
        "` ... ` | blank",
        "\u266A\u266A\u266A | blank",
        "how are you how are you how are you | repetition",
        "a b a b a b a b | repetition",
        "Thank you for watching. | pattern",
        "Subtitles by the Amara.org community | pattern"
      })
  void inventionsGoWithTheRuleThatApplied(String text, String rule) {
    Recognition filtered = filter("en", segment(0, text, null), segment(3, "Good morning.", null));

    assertThat(filtered.transcript().text()).isEqualTo("Good morning.");
    assertThat(filtered.removed())
        .singleElement()
        .satisfies(
            removed -> {
              assertThat(removed.text()).isEqualTo(text);
              assertThat(removed.span()).isEqualTo(span(0));
              assertThat(removed.rule().label()).isEqualTo(rule);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no no no",
        "I want to go. I want to eat. I want to sleep.",
        "Thank you. Thank you. Thank you.",
        "ok",
        "7",
        "I said thank you for watching the house, that is all."
      })
  void speechStays(String text) {
    Recognition filtered = filter("en", segment(0, text, GUESSED));

    assertThat(filtered.transcript().text()).isEqualTo(text);
    assertThat(filtered.removed()).isEmpty();
  }

  @Test
  void ordinarySpeechStaysAtAnyConfidence() {
    for (List<String> row : ShippedPatterns.table("speech.txt")) {
      DecodingScores worst = new DecodingScores(-5, 1, 3, 1);

      assertThat(filter(row.get(0), segment(0, row.get(1), worst)).removed())
          .as("%s", row)
          .isEmpty();
    }
  }

  @Test
  void aLoopInALongSentenceStays() {
    String text = "we talked about the budget and then you know you know you know you know";

    assertThat(filter("en", segment(0, text, SURE)).removed()).isEmpty();

    filter = new HallucinationFilter(options(0.5, 0, Integer.MAX_VALUE, 0, 0), shipped);
    assertThat(filter("en", segment(0, text, SURE)).removed()).hasSize(1);
  }

  @Test
  void theFirstOfManyEqualSegmentsStays() {
    Segment[] seven = echoes(7);
    Segment[] twenty = echoes(20);

    assertThat(filter("en", seven).removed()).isEmpty();
    assertThat(filter("en", twenty).transcript().segments()).containsExactly(twenty[0]);
    assertThat(filter("en", twenty).removed())
        .hasSize(19)
        .allMatch(removed -> removed.rule() == RemovalRule.REPETITION);

    filter = new HallucinationFilter(options(1, 0, Integer.MAX_VALUE, 0, 0), shipped);
    assertThat(filter("en", twenty).removed()).isEmpty();
  }

  @Test
  void neighboursOfARemovedSegmentAreJudgedAgain() {
    List<Segment> segments = new ArrayList<>(List.of(echoes(30)));
    segments.add(segment(31, "Thank you.", UNEASY));

    Recognition filtered = filter("en", segments.toArray(Segment[]::new));

    assertThat(filtered.transcript().segments()).containsExactly(segments.get(0));
    assertThat(filtered.removed()).hasSize(30);
    assertThat(filtered.removed().get(29).rule()).isEqualTo(RemovalRule.DOUBTFUL_PATTERN);
  }

  /** The same however it is written. */
  private static Segment[] echoes(int count) {
    Segment[] segments = new Segment[count];
    for (int i = 0; i < count; i++) {
      segments[i] = segment(i, i % 2 == 0 ? "Let's go." : "Let\u2019s go!", SURE);
    }
    return segments;
  }

  @Test
  void aPhraseThatPeopleSayIsRemovedOnlyIfTheModelDoubtsIt() {
    Segment speech = segment(2, "Here is your coffee.", SURE);

    assertThat(filter("en", speech, segment(4, "Thank you.", SURE)).removed()).isEmpty();
    assertThat(filter("en", speech, segment(4, "Thank you.", UNEASY)).removed()).isEmpty();
    assertThat(filter("en", speech, segment(4, "Thank you.", null)).removed()).isEmpty();
    for (DecodingScores doubts : List.of(SILENT, GUESSED)) {
      assertThat(filter("en", speech, segment(4, "Thank you.", doubts)).removed())
          .extracting(RemovedSegment::rule, RemovedSegment::pattern)
          .containsExactly(tuple(RemovalRule.DOUBTFUL_PATTERN, "thank you"));
    }
  }

  @Test
  void aPhraseDrawnByChanceGoesUnlessItsOwnWordsAreLikely() {
    Segment speech = segment(2, "Here is your coffee.", SURE);
    DecodingScores drawn = new DecodingScores(-0.9, 0.06, 1, 0.4);

    Segment guessed = new Segment(span(4), "See you in the next video!", 0.4, List.of(), drawn);
    assertThat(filter("en", speech, guessed).removed())
        .extracting(RemovedSegment::rule)
        .containsExactly(RemovalRule.DOUBTFUL_PATTERN);
    Segment likely = new Segment(span(4), guessed.text(), 0.6, List.of(), drawn);
    assertThat(filter("en", speech, likely).removed()).isEmpty();
    Segment first = new Segment(span(4), guessed.text(), 0.4, List.of(), UNEASY);
    assertThat(filter("en", speech, first).removed()).isEmpty();
  }

  @Test
  void halfOfTheDoubtRemovesALonelySegment() {
    Segment speech = segment(2, "Here is your coffee.", SURE);

    assertThat(filter("en", speech, segment(12.9, "Thank you.", UNEASY)).removed()).isEmpty();
    assertThat(filter("en", speech, segment(13, "Thank you.", UNEASY)).removed()).hasSize(1);
    assertThat(filter("en", segment(13, "Thank you.", UNEASY)).removed()).hasSize(1);
    assertThat(filter("en", segment(13, "Thank you.", SURE)).removed()).isEmpty();
    assertThat(filter("en", segment(13, "Thank you.", null)).removed()).isEmpty();
  }

  @Test
  void doubtfulAndInventedSegmentsAreNoCompany() {
    Recognition filtered =
        filter(
            "en",
            segment(0, "Thank you.", UNEASY),
            segment(2, "Thank you for watching!", SURE),
            segment(4, "Bye.", UNEASY));

    assertThat(filtered.transcript().segments()).isEmpty();
    assertThat(filtered.removed())
        .extracting(RemovedSegment::text)
        .containsExactly("Thank you.", "Thank you for watching!", "Bye.");
  }

  @Test
  void theLanguageThatWasHeardChoosesThePatterns() {
    Segment outro = segment(0, "MBC \uB274\uC2A4 \uC774\uB355\uC601\uC785\uB2C8\uB2E4.", SURE);

    assertThat(filter("ko", outro).removed()).hasSize(1);
    assertThat(filter("en", outro).removed()).isEmpty();
    assertThat(filter(null, outro).removed()).isEmpty();
  }

  @Test
  void aTranslationIsInEnglish() {
    Segment outro = segment(0, "Thanks for watching!", SURE);

    assertThat(filter("ko", outro).removed()).isEmpty();
    assertThat(
            apply(recognition("ko", outro), new RecognitionOptions(null, true, null, List.of()))
                .removed())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "20 260 860 20 120 20 20 20 20 20 20 50, true",
    "20 20 20 20 300 300 300 300, true",
    "20 20 20 20 300 300 300 300 300, false",
    "20 20 20 300 20 20 20 300, false",
    "430 480 430 260 610, false"
  })
  void aSentenceWhoseWordsTakeNoTimeGoes(String milliseconds, boolean goes) {
    List<Word> words = timed(milliseconds);
    String text = String.join(" ", words.stream().map(Word::text).toList());
    Segment scored = new Segment(span(0), text, 0.5, words, SURE);
    Segment unscored = new Segment(span(0), text, 0.5, words, null);

    assertThat(rules(HallucinationOptions.DEFAULTS, scored))
        .isEqualTo(goes ? List.of(RemovalRule.NO_TIME) : List.of());
    assertThat(rules(HallucinationOptions.DEFAULTS, unscored)).isEmpty();
  }

  private static List<Word> timed(String milliseconds) {
    List<Word> words = new ArrayList<>();
    long at = 0;
    for (String length : milliseconds.split(" ", -1)) {
      long end = at + Long.parseLong(length) * Waveform.SAMPLE_RATE / 1000;
      words.add(new Word(new SampleSpan(at, end), "word" + words.size(), 0.5));
      at = end;
    }
    return words;
  }

  @Test
  void wordsAndQualityAreLimitedWhereTheOperatorSaysSo() {
    Segment poor =
        new Segment(
            span(0), "some words here", 0.3, List.of(word(0.1), word(0.2), word(0.9)), SURE);
    Segment good = segment(2, "some more words", SURE);

    assertThat(rules(options(0.6, 4, 90, 0, 0), good)).containsExactly(RemovalRule.TOO_FEW_WORDS);
    assertThat(rules(options(0.6, 3, 3, 0, 0), good)).isEmpty();
    assertThat(rules(options(0.6, 0, 2, 0, 0), good)).containsExactly(RemovalRule.TOO_MANY_WORDS);
    assertThat(rules(options(0.6, 0, 90, 0.31, 0), poor, good))
        .containsExactly(RemovalRule.LOW_CONFIDENCE);
    assertThat(rules(options(0.6, 0, 90, 0.3, 0.41), poor, good))
        .containsExactly(RemovalRule.LOW_WORD_PROBABILITY);
    assertThat(rules(options(0.6, 0, 90, 0.3, 0.4), poor, good)).isEmpty();
  }

  @Test
  void theResultCanNameWhatDecided() {
    assertThat(filter.identity().orElseThrow().patterns()).containsOnlyKeys("hallucinations.yaml");
    assertThat(filter.identity().orElseThrow().params())
        .containsEntry("max_repetition", 0.6)
        .doesNotContainKey("max_words");
  }

  /** Segments as a recogniser may write them. */
  @Test
  void segmentsAreEitherKeptUnchangedOrListedInOrder() {
    long seed = Long.getLong("maie.seed", 20_261_124L);
    Random random = new Random(seed);
    int removals = 0;
    for (int round = 0; round < 2_000; round++) {
      List<Segment> segments = randomSegments(random);
      String language = List.of("en", "vi", "zh", "ja", "ko").get(random.nextInt(5));
      Recognition before = recognition(language, segments.toArray(Segment[]::new));

      Recognition after = apply(before, RecognitionOptions.DEFAULTS);

      List<Segment> kept = after.transcript().segments();
      List<SampleSpan> gone = after.removed().stream().map(RemovedSegment::span).toList();
      assertThat(kept)
          .as("seed %d", seed)
          .isEqualTo(segments.stream().filter(segment -> !gone.contains(segment.span())).toList());
      assertThat(gone)
          .as("seed %d", seed)
          .hasSize(segments.size() - kept.size())
          .isSortedAccordingTo(Comparator.comparingLong(SampleSpan::start));
      assertThat(after.transcript().language()).isEqualTo(before.transcript().language());
      Recognition again = apply(after, RecognitionOptions.DEFAULTS);
      assertThat(again.transcript().segments()).as("seed %d", seed).isEqualTo(kept);
      assertThat(again.removed()).as("seed %d", seed).isEqualTo(after.removed());
      removals += after.removed().size();
    }
    assertThat(removals).isBetween(1_000, 18_000);
  }

  /** Distinct words, no phrase of any file: no rule can apply. */
  @Test
  void textWithoutAMatchingRuleStays() {
    long seed = Long.getLong("maie.seed", 20_261_125L);
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(8); i++) {
        StringBuilder text = new StringBuilder();
        for (int w = 0; w < 1 + random.nextInt(30); w++) {
          text.append(random.nextInt(4) == 0 ? ", " : " ")
              .append("w")
              .append(random.nextInt(1 << 30));
        }
        segments.add(segment(i * 3, text.toString().strip(), randomScores(random)));
      }

      Recognition filtered = filter("en", segments.toArray(Segment[]::new));

      assertThat(filtered.transcript().segments()).as("seed %d", seed).isEqualTo(segments);
      assertThat(filtered.removed()).as("seed %d", seed).isEmpty();
    }
  }

  private static List<Segment> randomSegments(Random random) {
    List<String> texts =
        List.of(
            "Thank you.",
            "Thank you for watching!",
            "\u266A",
            "no no no",
            "a b a b a b a b",
            "We meet on Monday.",
            "\u8C22\u8C22",
            "C\u1EA3m \u01A1n.",
            "[Music]",
            "Bye.");
    List<Segment> segments = new ArrayList<>();
    double time = 0;
    boolean isMonotonous = random.nextInt(4) == 0;
    for (int i = random.nextInt(20); i > 0; i--) {
      time += 2 + random.nextDouble() * 15;
      boolean isEcho = isMonotonous && random.nextInt(6) > 0;
      String text = texts.get(isEcho ? 5 : random.nextInt(texts.size()));
      segments.add(segment(time, text, randomScores(random)));
    }
    return segments;
  }

  private static @Nullable DecodingScores randomScores(Random random) {
    return random.nextInt(4) == 0
        ? null
        : new DecodingScores(-1.5 * random.nextDouble(), random.nextDouble(), 1, 0);
  }

  private List<RemovalRule> rules(HallucinationOptions options, Segment... segments) {
    filter = new HallucinationFilter(options, shipped);
    return filter("en", segments).removed().stream().map(RemovedSegment::rule).toList();
  }

  private Recognition filter(@Nullable String language, Segment... segments) {
    return apply(recognition(language, segments), RecognitionOptions.DEFAULTS);
  }

  /** Filters over a recording in which nothing repeats, since it is silent. */
  private Recognition apply(Recognition recognition, RecognitionOptions asked) {
    try {
      SampleSource silence = SampleSource.of(Waveform.of(new float[16_000]));
      return filter.apply(
          recognition,
          new SpeechOrder(
              silence, SpeechRegions.unsearched(silence), asked, StageContext.disabled()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Recognition recognition(@Nullable String language, Segment... segments) {
    Transcript transcript =
        language == null
            ? Transcript.of(List.of(segments))
            : Transcript.of(new Language(language, 0.9), List.of(segments));
    return new Recognition(transcript, List.of());
  }

  private static HallucinationOptions options(
      double maxRepetition, int minWords, int maxWords, double confidence, double probability) {
    return new HallucinationOptions(
        maxRepetition, minWords, maxWords, 0.6, -1, confidence, probability);
  }

  /** One second long. */
  private static Segment segment(double start, String text, @Nullable DecodingScores scores) {
    return new Segment(span(start), text, 0.9, List.of(), scores);
  }

  private static Word word(double probability) {
    return new Word(span(0), "word", probability);
  }

  private static SampleSpan span(double start) {
    long sample = Math.round(start * 16_000);
    return new SampleSpan(sample, sample + 16_000);
  }
}
