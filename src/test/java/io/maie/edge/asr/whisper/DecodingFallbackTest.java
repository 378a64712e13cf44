package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DecodingFallbackTest {
  private static final LanguageTry WELSH = language("cy", 0.56);
  private static final LanguageTry ENGLISH = language("en", 0.3);
  private static final LanguageTry LATIN = language("la", 0.06);

  /** Attempts: languages with indexes of temperatures, or "wide" for several hypotheses. */
  private final List<String> tried = new ArrayList<>();

  private final Map<String, DecodedChunk> texts = new HashMap<>();

  private WhisperOptions options =
      new WhisperOptions(1, 5, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), 2.4, -1, 0.6, false, true, 0);

  @Test
  void aGoodTextIsNotDoubted() throws Exception {
    DecodedChunk good = text("good", -0.2, 1, 20, language("en", 0.9));
    assertThat(climb(good, good.heardIn(), WELSH)).isSameAs(good);
    assertThat(tried).isEmpty();
  }

  @Test
  void anotherLanguageIsTriedBeforeHigherTemperatures() throws Exception {
    DecodedChunk rubbish = text("Yn gweithio", -1.67, 1, 30, WELSH);
    DecodedChunk right = script(text("Why do you not", -0.8, 1, 13, ENGLISH), 0);
    script(text("Cur non", -1.1, 1, 13, LATIN), 0);
    script(text("Why do you not go", -0.9, 1, 13, ENGLISH), "wide");
    assertThat(climb(rubbish, WELSH, ENGLISH, LATIN)).isSameAs(right);
    assertThat(tried).containsExactly("en 0", "la 0", "en wide");
  }

  @Test
  void aTextInACircleLosesAgainstADoubtfulOne() throws Exception {
    DecodedChunk circle = text("Mae'r ddod ddod", -0.3, 5, 95, WELSH);
    DecodedChunk right = script(text("The difference", -0.9, 1, 31, ENGLISH), 0);
    script(text("A difference", -0.95, 1, 31, ENGLISH), "wide");
    assertThat(climb(circle, WELSH, ENGLISH)).isSameAs(right);
  }

  @Test
  void aShortTextThatEndedInACircleIsDecodedAgain() throws Exception {
    LanguageTry only = language("en", 1);
    DecodedChunk circle = text("The sea qqqq", -0.2, 1.1, 20, only);
    DecodedChunk ended =
        new DecodedChunk(circle.tokens(), circle.text(), circle.scores(), true, only, 20, false);
    script(ended, "wide");
    DecodedChunk right = script(text("The sea is blue", -0.4, 1, 10, only), 1);
    assertThat(climb(ended, only)).isSameAs(right);
    assertThat(tried).containsExactly("en wide", "en 1");
  }

  @Test
  void anEmptyTextReplacesNoDoubtfulOne() throws Exception {
    DecodedChunk doubtful = text("Perhaps", -0.8, 1, 13, WELSH);
    script(text("", -0.01, 0, 1, ENGLISH), 0);
    script(text("", -0.01, 0, 1, WELSH), "wide");
    assertThat(climb(doubtful, WELSH, ENGLISH)).isSameAs(doubtful);
  }

  @Test
  void temperaturesRiseUntilATextLooksRight() throws Exception {
    LanguageTry only = language("en", 1);
    script(text("as wrong", -1.5, 1, 10, only), "wide");
    script(text("still wrong", -1.4, 1, 10, only), 1);
    DecodedChunk right = script(text("right", -0.4, 1, 10, only), 2);
    assertThat(climb(text("wrong", -1.5, 1, 10, only), only)).isSameAs(right);
    assertThat(tried).containsExactly("en wide", "en 1", "en 2");
  }

  @Test
  void aDoubtfulTextGivesWayToALikelierOneOfSeveralHypotheses() throws Exception {
    LanguageTry only = language("en", 1);
    DecodedChunk likelier = script(text("He is not a nurse", -0.6, 1, 10, only), "wide");
    assertThat(climb(text("He is not over yet", -0.7, 1, 10, only), only)).isSameAs(likelier);
    assertThat(tried).containsExactly("en wide");
  }

  @Test
  void aDoubtfulTextStaysWhereSeveralHypothesesFindNoLikelierOne() throws Exception {
    LanguageTry only = language("en", 1);
    DecodedChunk doubtful = text("Perhaps", -0.7, 1, 10, only);
    script(text("Or not", -0.8, 1, 10, only), "wide");
    assertThat(climb(doubtful, only)).isSameAs(doubtful);
  }

  @Test
  void oneHypothesisAtATimeIsFollowedWhereMemoryIsShort() throws Exception {
    LanguageTry only = language("en", 1);
    DecodedChunk doubtful = text("Perhaps", -0.7, 1, 10, only);
    options = WhisperOptions.DEFAULTS.sparingMemory();
    assertThat(climb(doubtful, only)).isSameAs(doubtful);
    assertThat(tried).isEmpty();
  }

  @Test
  void theBestOfAllTextsStandsWhenTheStepsAreSpent() throws Exception {
    LanguageTry only = language("en", 1);
    script(text("no better", -1.5, 1, 20, only), "wide");
    DecodedChunk best = script(text("best", -1.1, 1, 200, only), 1);
    for (int attempt = 2; attempt < 6; attempt++) {
      script(text("worse " + attempt, -1.3, 1, 200, only), attempt);
    }
    assertThat(climb(text("first", -1.5, 1, 200, only), only)).isSameAs(best);
    assertThat(tried).hasSizeLessThan(4);
  }

  private DecodedChunk climb(DecodedChunk first, LanguageTry... tries) throws Exception {
    float[] samples = new float[5 * Waveform.SAMPLE_RATE];
    ChunkTask task = new ChunkTask(0, samples, ChunkEnd.PACKED, List.of(tries), 1);
    DecodingFallback.Retry retry =
        (language, attempt) -> {
          String how = attempt.hypotheses() == 1 ? "0" : "wide";
          int temperature = attempt.temperature();
          String key = language.language().code() + " " + (temperature == 0 ? how : temperature);
          tried.add(key);
          return requireNonNull(texts.get(key), key);
        };
    return new DecodingFallback(retry, options, task, new DecodingFallback.Room(16, 260))
        .climb(first);
  }

  private DecodedChunk script(DecodedChunk text, int attempt) {
    return script(text, Integer.toString(attempt));
  }

  private DecodedChunk script(DecodedChunk text, String attempt) {
    texts.put(text.heardIn().language().code() + " " + attempt, text);
    return text;
  }

  private static DecodedChunk text(
      String text, double mean, double ratio, int tokens, LanguageTry heardIn) {
    return new DecodedChunk(
        Collections.nCopies(tokens, new ScoredToken(1, (float) mean)),
        text,
        new DecodingScores(mean, 0, ratio, 0),
        false,
        heardIn,
        tokens + 1,
        false);
  }

  private static LanguageTry language(String code, double probability) {
    return new LanguageTry(new Language(code, probability), new Prompt(List.of(1), 0));
  }
}
