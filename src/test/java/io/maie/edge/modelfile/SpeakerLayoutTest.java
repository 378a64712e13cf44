package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that tell speakers apart, as they are published, whole and broken. */
final class SpeakerLayoutTest {
  private static final Path PUBLISHED = Path.of("src", "test", "resources", "speakers");

  @TempDir Path models;

  private Path folder = Path.of("");

  @BeforeEach
  void createFolder() throws IOException {
    folder = Files.createDirectories(models.resolve("voices"));
  }

  @Test
  void aSegmentationModelIsRecognisedByItsClasses() throws Exception {
    put("pyannote-three.onnx", "onnx/model.onnx");

    assertThat(manifest().task()).isEqualTo(ModelTask.SPEAKER_SEGMENTATION);
    assertThat(manifest().family()).isEqualTo("pyannote");
    assertThat(manifest().settings().text("model")).isEqualTo("onnx/model.onnx");
    assertThat(manifest().settings().has("local_speakers")).isFalse();
  }

  @Test
  void metadataSayHowManySpeakersASegmentationModelTellsApart() throws Exception {
    put("pyannote-four.onnx", "model.onnx");

    assertThat(manifest().settings().integer("local_speakers")).isEqualTo(4);
    assertThat(manifest().settings().integer("simultaneous_speakers")).isEqualTo(2);
  }

  @Test
  void anEmbeddingModelIsRecognisedByItsBandsAndItsVector() throws Exception {
    put("wespeaker.onnx", "voxceleb_resnet34_LM.onnx");

    assertThat(manifest().task()).isEqualTo(ModelTask.SPEAKER_EMBEDDING);
    assertThat(manifest().family()).isEqualTo("fbank_embedding");
    assertWindow("hamming_symmetric", 32_768);
  }

  @Test
  void theMetadataOfAnEmbeddingModelNameItsSamples() throws Exception {
    put("wespeaker-described.onnx", "model.onnx");
    assertWindow("hamming_symmetric", 32_768);

    put("3d-speaker.onnx", "model.onnx");
    assertWindow("povey", 1);
  }

  @Test
  void aModelOfFortyBandsIsRefused() throws Exception {
    put("forty-bands.onnx", "model.onnx");

    assertRefused("Expected an embedding model over frames of 80 filter bank energies");
  }

  @Test
  void framesThatLieElsewhereAreRefused() throws Exception {
    put("pyannote-four.onnx", "model.onnx");
    replace("receptive_field_shift\u0012\u0003270", "receptive_field_shift\u0012\u0003160");

    assertRefused("Expected a frame of 991 samples every 270, found 991 every 160");
  }

  @Test
  void anotherSampleRateIsRefused() throws Exception {
    put("wespeaker-described.onnx", "model.onnx");
    replace("sample_rate\u0012\u000516000", "sample_rate\u0012\u000508000");

    assertRefused("Expected a model of 16000 samples a second, found 8000");
  }

  @Test
  void aFileThatWasCutOffIsRefused() throws Exception {
    byte[] whole = Files.readAllBytes(PUBLISHED.resolve("wespeaker.onnx"));
    Files.write(folder.resolve("model.onnx"), Arrays.copyOf(whole, whole.length / 2));

    assertRefused("Expected an ONNX graph, found something else");
  }

  @Test
  void severalGraphsOfUnusualNamesAreNoKnownLayout() throws Exception {
    put("wespeaker.onnx", "a.onnx");
    put("wespeaker.onnx", "b.onnx");

    assertThat(look().state().kind()).isEqualTo(ModelState.Kind.UNKNOWN_LAYOUT);
  }

  private void put(String published, String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, Files.readAllBytes(PUBLISHED.resolve(published)));
  }

  private void replace(String text, String by) throws IOException {
    Path file = folder.resolve("model.onnx");
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertThat(bytes).contains(text);
    Files.writeString(file, bytes.replace(text, by), StandardCharsets.ISO_8859_1);
  }

  private void assertWindow(String window, double scale) throws ProcessingException {
    assertThat(manifest().settings().text("window")).isEqualTo(window);
    assertThat(manifest().settings().number("sample_scale")).isEqualTo(scale);
  }

  private Manifest manifest() {
    InstalledModel model = look();
    assertThat(model.state()).isEqualTo(ModelState.OK);
    return model.folder().orElseThrow().manifest();
  }

  private void assertRefused(String sentence) {
    ModelFolders.assertRefused(folder, sentence);
  }

  private InstalledModel look() {
    return ModelFolders.look(folder);
  }
}
