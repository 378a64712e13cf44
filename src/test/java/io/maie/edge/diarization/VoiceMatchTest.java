package io.maie.edge.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VoiceMatchTest {
  private static final String MODEL = "sha256:m";

  private final List<Turn> turns = new ArrayList<>();
  private final List<Diarization.Voice> voices = new ArrayList<>();

  @Test
  void alikeVoicesGetTheName() {
    speaker(10, 0.8, 0.6);
    speaker(10, 0, 1);

    assertThat(names(print("Anna", 1, 0))).isEqualTo(Map.of("S1", "Anna"));
  }

  @Test
  void aStrangerStaysWithoutAName() {
    speaker(60, 0.5, 0.866);

    assertThat(names(print("Anna", 1, 0))).isEmpty();
  }

  @Test
  void twoPersonsWhoSoundAlikeAreNotGuessedBetween() {
    speaker(60, 0.9, 0.436);

    assertThat(names(print("Anna", 1, 0), print("Berta", 0.98, 0.199))).isEmpty();
  }

  @Test
  void aPersonIsOneSpeakerOnlyTheMostAlike() {
    speaker(60, 0.7, 0.714);
    speaker(60, 0.9, 0.436);

    assertThat(names(print("Anna", 1, 0))).isEqualTo(Map.of("S2", "Anna"));
  }

  @Test
  void aFewSecondsAreNotEnough() {
    speaker(4.9, 1, 0);

    assertThat(names(print("Anna", 1, 0))).isEmpty();
  }

  @Test
  void aVoiceOfAnotherModelMeansNothing() {
    speaker(60, 1, 0);

    assertThat(
            VoiceMatch.names(
                new Diarization(turns, voices), List.of(print("Anna", 1, 0)), "sha256:other"))
        .isEmpty();
  }

  private Map<String, String> names(Voiceprint... known) {
    return VoiceMatch.names(new Diarization(turns, voices), List.of(known), MODEL);
  }

  private void speaker(double seconds, double x, double y) {
    int number = voices.size() + 1;
    long start = number * 2_000_000L;
    turns.add(new Turn(new SampleSpan(start, start + (long) (seconds * 16_000)), number));
    voices.add(new Diarization.Voice(number, new float[] {(float) x, (float) y}));
  }

  private static Voiceprint print(String name, double x, double y) {
    return new Voiceprint(name, MODEL, new float[] {(float) x, (float) y});
  }
}
