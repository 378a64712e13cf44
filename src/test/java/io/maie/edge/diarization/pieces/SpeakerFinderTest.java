package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.diarization.SpeakerCount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SpeakerFinderTest {
  private final PlantedVoices voices = new PlantedVoices(3);
  private final List<Piece> pieces = new ArrayList<>();
  private final List<float[]> embeddings = new ArrayList<>();

  @Test
  void eachVoiceIsOneSpeaker() {
    talk(0, 20);
    talk(1, 30);
    talk(2, 10);
    talk(0, 20);

    assertThat(find(SpeakerCount.ANY)).hasSize(3);
  }

  @Test
  void aFewSecondsOfAnUnknownVoiceAreASpeaker() {
    talk(0, 40);
    talk(1, 2);

    assertThat(find(SpeakerCount.ANY)).hasSize(2);
  }

  @Test
  void aFewSecondsThatResembleAKnownVoiceAreALeftover() {
    talk(0, 40);
    float[] known = voices.voice(0, 0);
    float[] other = voices.voice(1, 0);
    double[] between = new double[known.length];
    Vectors.addScaled(between, known, 0.35);
    Vectors.addScaled(between, other, 0.94);
    add(Vectors.unit(between));

    assertThat(find(SpeakerCount.ANY)).hasSize(1);
  }

  @Test
  void aSecondOfAnUnknownVoiceIsASpeakerInAShortTalkOnly() {
    talk(0, 20);
    talk(1, 1);
    assertThat(find(SpeakerCount.ANY)).hasSize(2);

    talk(0, 180);

    assertThat(find(SpeakerCount.ANY)).hasSize(1);
  }

  @Test
  void aGivenCountIsObeyed() {
    talk(0, 20);
    talk(1, 20);
    talk(2, 20);

    assertThat(find(new SpeakerCount(1, 2))).hasSize(2);
    assertThat(find(new SpeakerCount(1, 1))).hasSize(1);
    assertThat(find(new SpeakerCount(3, 3))).hasSize(3);
  }

  @Test
  void moreSpeakersThanVoicesAreNotInvented() {
    for (int i = 0; i < 30; i++) {
      add(voices.voice(0, 0));
    }

    assertThat(find(new SpeakerCount(9, 9))).hasSize(1);
  }

  @Test
  void aLongRecordingIsClusteredByBlocksAndHasTheSameSpeakers() {
    for (int round = 0; round < 60; round++) {
      talk(round % 4, 80);
    }

    assertThat(embeddings).hasSizeGreaterThan(2 * SpeakerFinder.BLOCK);
    assertThat(find(SpeakerCount.ANY)).hasSize(4);
  }

  /** Seven voices would be found here, and more in longer talks. */
  @Test
  void soundsThatComeBackAmongThePiecesOfOthersAreNoSpeakers() {
    for (int turn = 0; turn < 400; turn++) {
      List<float[]> stretch = voicesOf(turn % 3, 8);
      if (turn % 3 == 0) {
        stretch.set(turn % 2 == 0 ? 0 : 7, voices.voice(10 + turn % 4, 0.3));
      }
      stretch(stretch);
    }

    assertThat(embeddings).hasSizeGreaterThan(SpeakerFinder.BLOCK);
    assertThat(find(SpeakerCount.ANY)).hasSize(3);
  }

  @Test
  void aVoiceWithAFewStretchesOfItsOwnIsASpeakerInALongTalk() {
    for (int turn = 0; turn < 400; turn++) {
      List<float[]> stretch = voicesOf(turn % 3, 8);
      if (turn % 100 == 50) {
        stretch(voicesOf(20, 3));
        stretch.set(7, voices.voice(20, 0.3));
      }
      stretch(stretch);
    }

    assertThat(find(SpeakerCount.ANY)).hasSize(4);
  }

  private List<float[]> voicesOf(int speaker, int count) {
    List<float[]> stretch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      stretch.add(voices.voice(speaker, 0.7));
    }
    return stretch;
  }

  /** Adds pieces that overlap by half. */
  private void stretch(List<float[]> stretch) {
    int start = pieces.isEmpty() ? 0 : pieces.get(pieces.size() - 1).end() + 10;
    for (int i = 0; i < stretch.size(); i++) {
      pieces.add(new Piece(start + 44 * i, start + 44 * i + 89));
      embeddings.add(stretch.get(i));
    }
  }

  private List<Centroid> find(SpeakerCount count) {
    return new SpeakerFinder(pieces, embeddings.toArray(float[][]::new), EmbeddingOptions.CAMPPLUS)
        .find(count);
  }

  private void talk(int speaker, int count) {
    for (int i = 0; i < count; i++) {
      add(voices.voice(speaker, 0.7));
    }
  }

  private void add(float[] voice) {
    int start = pieces.size() * 100;
    pieces.add(new Piece(start, start + 89));
    embeddings.add(voice);
  }
}
