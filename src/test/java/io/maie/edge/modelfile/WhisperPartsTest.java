package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WhisperPartsTest {
  private static final Set<String> PUBLISHED =
      Set.of(
          "config.json",
          "generation_config.json",
          "preprocessor_config.json",
          "tokenizer.json",
          "vocab.json",
          "onnx/encoder_model.onnx",
          "onnx/encoder_model.onnx_data",
          "onnx/encoder_model_fp16.onnx",
          "onnx/encoder_model_q4.onnx",
          "onnx/encoder_model_quantized.onnx",
          "onnx/decoder_model_merged.onnx",
          "onnx/decoder_model_merged_fp16.onnx",
          "onnx/decoder_model_merged_q4.onnx",
          "onnx/decoder_model_merged_quantized.onnx");

  @Test
  void aProcessorGetsFloats() throws Exception {
    assertThat(graphs(PUBLISHED, GraphPreference.CPU))
        .contains("onnx/encoder_model.onnx", "onnx/decoder_model_merged.onnx");
  }

  @Test
  void aDecoderThatWasRoundedHereIsPreferredAndTakesTheEncoderOfFloats() throws Exception {
    Set<String> names = new TreeSet<>(PUBLISHED);
    names.add("onnx/decoder_model_merged_q8.onnx");
    for (GraphPreference each : List.of(GraphPreference.CPU, GraphPreference.LITTLE_MEMORY)) {
      assertThat(graphs(names, each))
          .contains("onnx/encoder_model.onnx", "onnx/decoder_model_merged_q8.onnx")
          .doesNotContain("onnx/decoder_model_merged.onnx");
    }
  }

  @Test
  void aProcessorWithLittleMemoryGetsEightBits() throws Exception {
    assertThat(graphs(PUBLISHED, GraphPreference.LITTLE_MEMORY))
        .containsExactly(
            "onnx/encoder_model_quantized.onnx", "onnx/decoder_model_merged_quantized.onnx");
  }

  @Test
  void aGraphicsProcessorGetsSixteenBits() throws Exception {
    assertThat(graphs(PUBLISHED, new GraphPreference(Hardware.GPU, false, Optional.empty())))
        .containsExactly("onnx/encoder_model_fp16.onnx", "onnx/decoder_model_merged_fp16.onnx");
  }

  @Test
  void aProcessorWithoutVnniGetsUnsignedBytes() throws Exception {
    Set<String> names = new TreeSet<>(PUBLISHED);
    for (String suffix : List.of("_int8", "_uint8")) {
      names.add("onnx/encoder_model" + suffix + ".onnx");
      names.add("onnx/decoder_model_merged" + suffix + ".onnx");
    }
    assertThat(graphs(names, GraphPreference.LITTLE_MEMORY))
        .allMatch(name -> name.contains("_int8"));
    assertThat(
            graphs(names, new GraphPreference(Hardware.CPU_WITHOUT_VNNI, true, Optional.empty())))
        .allMatch(name -> name.contains("_uint8"));
  }

  @Test
  void externalWeightsComeWithTheirGraph() throws Exception {
    Set<String> names = new TreeSet<>(PUBLISHED);
    names.addAll(
        List.of("onnx/encoder_model.onnx_data_1", "onnx/encoder_model.onnx_database/x", "x_data"));

    assertThat(graphs(names, GraphPreference.LITTLE_MEMORY.withVariant("fp32")))
        .containsExactly(
            "onnx/encoder_model.onnx",
            "onnx/decoder_model_merged.onnx",
            "onnx/encoder_model.onnx_data",
            "onnx/encoder_model.onnx_data_1");
  }

  @Test
  void namesOnDiskAndInAListingAreChosenAmongAlike(@TempDir Path models) throws Exception {
    Path folder = ModelFolders.writeWhisper(models, "tiny");

    List<String> listed =
        WhisperParts.among(
            new FileListing(FilesOnDisk.names(folder), "a listing"), GraphPreference.LITTLE_MEMORY);
    ModelFolder onDisk =
        new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY)
            .choose(ModelWish.ofInstallation(ModelTask.ASR, null, null));

    assertThat(onDisk.manifest().files().keySet()).containsExactlyInAnyOrderElementsOf(listed);
  }

  @Test
  void aFolderMayBeALink(@TempDir Path elsewhere, @TempDir Path models) throws Exception {
    Path folder = ModelFolders.writeWhisper(elsewhere, "tiny");
    Files.createSymbolicLink(models.resolve("linked"), folder);

    ModelFolder found =
        new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY)
            .choose(ModelWish.ofInstallation(ModelTask.ASR, null, null));

    assertThat(found.manifest().files()).containsKey("onnx/encoder_model_int8.onnx");
  }

  @Test
  void missingPartsAreNamed() {
    Set<String> names = new TreeSet<>(PUBLISHED);
    names.removeIf(name -> name.contains("encoder_model"));
    names.removeIf(name -> name.contains("decoder_model"));

    assertThatThrownBy(() -> graphs(names, GraphPreference.LITTLE_MEMORY))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("onnx/encoder_model.onnx")
        .hasMessageContaining("the repository 'a/b'");
  }

  private static List<String> graphs(Set<String> names, GraphPreference preference)
      throws ProcessingException {
    return WhisperParts.among(new FileListing(names, "the repository 'a/b'"), preference).stream()
        .filter(name -> name.contains("onnx"))
        .toList();
  }
}
