package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.transcript.Turn;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every stage against the values of the reference implementation. */
final class GoldenDiarizationTest {
  private final ShippedDiarizer shipped = new ShippedDiarizer(2);

  @TempDir Path folder;

  @AfterEach
  void close() {
    shipped.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audio/ami/dev00.flac",
        "audio/ami/trn08.flac",
        "speech/diar-0002.flac",
        "speech/en-read-0005.flac"
      })
  void everyStageGivesTheValuesOfTheReference(String name) throws Exception {
    JsonNode golden = golden(name);
    Path recording = SharedMaterial.require(name.split("/", 2)[0], name.split("/", 2)[1]);
    SampleSource audio = RecordedSamples.of(recording, folder.resolve("audio.pcm"));
    assertThat(audio.length()).isEqualTo(golden.path("samples").asLong());
    filterBankIsThatOfTheReference(audio, golden.path("fbank"));
    LocalActivity activity = segmentationIsThatOfTheReference(audio, golden.path("segmentation"));
    FrameActivity frames = ActivityMerger.merge(activity);
    assertThat(runs(frames.counts())).isEqualTo(ints(golden.path("count")));
    List<Piece> pieces = PieceCutter.cut(frames);
    assertThat(pieces.stream().map(piece -> List.of(piece.start(), piece.end())).toList())
        .isEqualTo(ints(golden.path("pieces_in_frames")));
    labelsAreThoseOfTheReference(audio, pieces, golden);
    turnsAreThoseOfTheReference(shipped.diarize(audio).turns(), golden.path("turns"));
  }

  private void filterBankIsThatOfTheReference(SampleSource audio, JsonNode golden)
      throws Exception {
    long from = golden.path("samples").get(0).asLong();
    long to = golden.path("samples").get(1).asLong();
    FeatureMatrix features =
        shipped.embedding().features(audio.read(new SampleSpan(from, to)).samples());
    assertThat(features.frames()).isEqualTo(golden.path("frames").asInt());
    for (var frame : golden.path("before_mean_subtraction").properties()) {
      for (int band = 0; band < features.bands(); band++) {
        assertThat((double) features.at(Integer.parseInt(frame.getKey()), band))
            .isCloseTo(frame.getValue().get(band).asDouble(), within(1e-3));
      }
    }
  }

  private LocalActivity segmentationIsThatOfTheReference(SampleSource audio, JsonNode golden)
      throws Exception {
    LocalActivity activity =
        new Segmenter(shipped.segmentation(), "x")
            .segment(audio, SpeechRegion.whole(audio), StageContext.disabled());
    assertThat(Arrays.stream(activity.starts()).boxed().toList())
        .isEqualTo(
            new JsonMapper().convertValue(golden.path("window_starts_in_frames"), List.class));
    assertThat(activity.windowFrames()).isEqualTo(golden.path("frames").asInt());
    float[] scores =
        shipped.segmentationScores(audio.read(LocalActivity.span(0, audio.length())).samples());
    for (var frame : golden.path("first_window_log_probs").properties()) {
      for (int i = 0; i < Powerset.THREE.classes(); i++) {
        assertThat((double) scores[Integer.parseInt(frame.getKey()) * Powerset.THREE.classes() + i])
            .isCloseTo(frame.getValue().get(i).asDouble(), within(1e-2));
      }
    }
    byte[] expected = new byte[activity.windowFrames()];
    int at = 0;
    for (JsonNode run : golden.path("first_window_class_after_bias")) {
      byte mask = new byte[] {0, 1, 2, 4, 3, 5, 6}[run.get(0).asInt()];
      Arrays.fill(expected, at, at += run.get(1).asInt(), mask);
    }
    int alike = 0;
    for (int i = 0; i < expected.length; i++) {
      alike += expected[i] == activity.masks()[0][i] ? 1 : 0;
    }
    assertThat((double) alike / expected.length).isGreaterThanOrEqualTo(0.99);
    return activity;
  }

  private void labelsAreThoseOfTheReference(SampleSource audio, List<Piece> pieces, JsonNode golden)
      throws Exception {
    float[][] embeddings =
        new PieceEmbedder(shipped.embedding(), "x").embed(audio, pieces, StageContext.disabled());
    JsonNode cosines = golden.path("cosines_of_the_first_pieces");
    for (int i = 0; i < cosines.size(); i++) {
      assertThat((double) embeddings[i][0])
          .isCloseTo(
              golden.path("embeddings").get(i).path("first_8").get(0).asDouble()
                  / golden.path("embeddings").get(i).path("norm").asDouble(),
              within(1e-3));
      for (int j = 0; j < cosines.size(); j++) {
        assertThat(Vectors.dot(embeddings[i], embeddings[j]))
            .isCloseTo(cosines.get(i).get(j).asDouble(), within(1e-3));
      }
    }
    PieceLabeler.Labels labels =
        new PieceLabeler(pieces, embeddings)
            .label(
                new SpeakerFinder(pieces, embeddings, EmbeddingOptions.CAMPPLUS)
                    .find(SpeakerCount.ANY));
    // the order of the speakers is no part of the answer
    assertThat(byFirst(Arrays.stream(labels.speakers()).boxed().toList()))
        .isEqualTo(byFirst(intList(golden.path("label_of_each_piece"))));
    assertThat(labels.centroids()).hasSameSizeAs(golden.path("centroid_cosines"));
  }

  private static void turnsAreThoseOfTheReference(List<Turn> turns, JsonNode golden) {
    double frame = FrameGrid.SECONDS + 0.001;
    assertThat(turns).hasSameSizeAs(golden);
    for (int i = 0; i < turns.size(); i++) {
      Turn turn = turns.get(i);
      assertThat("S" + turn.speaker()).isEqualTo(golden.get(i).get(2).asText());
      assertThat(turn.span().startSeconds())
          .isCloseTo(golden.get(i).get(0).asDouble(), within(frame));
      assertThat(turn.span().endSeconds())
          .isCloseTo(golden.get(i).get(1).asDouble(), within(frame));
    }
  }

  private static List<Integer> byFirst(List<Integer> labels) {
    List<Integer> order = labels.stream().distinct().toList();
    return labels.stream().map(order::indexOf).toList();
  }

  private static List<List<Integer>> runs(byte[] values) {
    List<List<Integer>> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= values.length; i++) {
      if (i == values.length || values[i] != values[from]) {
        runs.add(List.of((int) values[from], i - from));
        from = i;
      }
    }
    return runs;
  }

  private static List<List<Integer>> ints(JsonNode rows) {
    List<List<Integer>> all = new ArrayList<>();
    rows.forEach(row -> all.add(intList(row)));
    return all;
  }

  private static List<Integer> intList(JsonNode row) {
    List<Integer> values = new ArrayList<>();
    row.forEach(value -> values.add(value.asInt()));
    return values;
  }

  private static JsonNode golden(String name) throws Exception {
    Path file = SharedMaterial.require("examples", "speakers", "golden.json");
    for (JsonNode clip : new JsonMapper().readTree(file.toFile()).path("clips")) {
      if (clip.path("file").asText().equals(name)) {
        return clip;
      }
    }
    throw new IllegalArgumentException("no golden values of '" + name + "'");
  }
}
