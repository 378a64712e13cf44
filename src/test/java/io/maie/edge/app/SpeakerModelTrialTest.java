package io.maie.edge.app;

import io.maie.edge.cli.ImportOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of models that tell speakers apart, right and wrong, with graphs of random weights. */
final class SpeakerModelTrialTest {
  private static final Path PUBLISHED = Path.of("src/test/resources/speakers");

  @TempDir private Path temporary;
  private ScratchImports imports;
  private Path source = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    imports = ScratchImports.in(temporary);
    source = Files.createDirectories(temporary.resolve("export"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyannote-three", "pyannote-four", "wespeaker", "3d-speaker"})
  void aPublishedModelComesIn(String published) throws Exception {
    put(published);

    imports.assertTaken(source, "voices");
  }

  @Test
  void aSegmentationModelOfAnotherNumberOfClassesIsRefused() throws Exception {
    put("pyannote-three");
    describe(
        "speaker_segmentation", "pyannote", "\"local_speakers\": 4, \"simultaneous_speakers\": 2");

    assertRefused("Expected a segmentation model with the output [1, 589, 11], found [1, 589, 7]");
  }

  @Test
  void anEmbeddingModelIsNoSegmentationModel() throws Exception {
    put("wespeaker");
    describe(
        "speaker_segmentation", "pyannote", "\"local_speakers\": 3, \"simultaneous_speakers\": 2");

    assertRefused("Expected a segmentation model that takes samples");
  }

  @ParameterizedTest
  @ValueSource(strings = {"forty-bands", "pyannote-three"})
  void anEmbeddingModelThatTakesSomethingElseIsRefused(String graph) throws Exception {
    put(graph);
    describe("speaker_embedding", "fbank_embedding", "\"sample_scale\": 1");

    assertRefused(
        "Expected a speaker embedding model that takes 80 filter bank energies per frame");
  }

  private void put(String published) throws IOException {
    Files.copy(PUBLISHED.resolve(published + ".onnx"), source.resolve("model.onnx"));
  }

  private void describe(String task, String family, String settings) throws IOException {
    Files.writeString(
        source.resolve("manifest.json"),
        """
        {"schema_version": 1, "name": "voices", "version": "1", "task": "%s", "family": "%s",
         "license": "", "sample_rate": 16000, "files": {}, "%s": {"model": "model.onnx", %s}}
        """
            .formatted(task, family, family, settings));
  }

  private void assertRefused(String reason) {
    imports.assertRefused(new ImportOrder(source, "voices", null), reason, reason);
  }
}
