package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.transcript.Language;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LanguageDetectorTest {

  @Test
  void clearEvidenceChangesTheLanguage() {
    assertThat(beginning(0.95, 0.9, 0.02, 0.01)).isEqualTo(2);
    assertThat(beginning(0.95, 0.02)).isEqualTo(1);
    assertThat(beginning(0.01, 0.97, 0.98, 0.9)).isEqualTo(1);
  }

  @Test
  void doubtfulStretchesDoNotChangeIt() {
    assertThat(beginning(0.9, 0.4, 0.9)).isEqualTo(3);
    assertThat(beginning(0.95, 0.92, 0.3)).isEqualTo(3);
    assertThat(beginning(0.5, 0.5, 0.5, 0.5)).isEqualTo(4);
  }

  @Test
  void aVeryClearStretchInTheMiddleIsALanguageOfItsOwn() {
    assertThat(beginning(0.97, 0.97, 0.005, 0.97)).isEqualTo(2);
    assertThat(beginning(0.9, 0.9, 0.1, 0.9)).isEqualTo(4);
  }

  @Test
  void aChunkKeepsTheLanguageOfTheRecordingUnlessItsOwnIsClearAndLong() {
    LanguageMemory memory = new LanguageMemory();
    memory.add(new Language("en", 0.9), 30);
    LanguageOdds clear = odds(0.1);
    LanguageOdds unclear = odds(0.3);
    assertThat(memory.choose(clear, clear, 5).code()).isEqualTo("es");
    assertThat(memory.choose(clear, clear, 1).code()).isEqualTo("en");
    assertThat(memory.choose(unclear, unclear, 5).code()).isEqualTo("en");
  }

  @Test
  void chunksThatAreHeardTogetherDecideTogether() {
    LanguageOdds together = LanguageOdds.mean(List.of(odds(0.9), odds(0.4)));
    assertThat(new LanguageMemory().choose(odds(0.4), together, 5).code()).isEqualTo("en");
  }

  @Test
  void onlyCandidatesCount() throws Exception {
    WhisperTokens tokens = GoldenWhisper.open("multilingual").settings.tokens();
    float[] scores = new float[tokens.vocabularySize()];
    List<String> codes = List.copyOf(tokens.languages().keySet());
    scores[requireNonNull(tokens.languages().get(codes.get(0)))] = 5;
    scores[requireNonNull(tokens.languages().get(codes.get(1)))] = 2;
    LanguageOdds all = LanguageOdds.of(scores, tokens.languages(Set.of()));
    assertThat(all.best().code()).isEqualTo(codes.get(0));
    LanguageOdds one = LanguageOdds.of(scores, tokens.languages(Set.of(codes.get(1))));
    assertThat(one.best()).isEqualTo(new Language(codes.get(1), 1));
  }

  /** By the shares of English; the others are Spanish. */
  private static int beginning(double... english) {
    return LanguageDetector.beginning(
        Arrays.stream(english).mapToObj(LanguageDetectorTest::odds).toList());
  }

  private static LanguageOdds odds(double english) {
    return new LanguageOdds(new TreeMap<>(Map.of("en", english, "es", 1 - english)));
  }
}
