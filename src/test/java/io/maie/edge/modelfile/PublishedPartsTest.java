package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PublishedPartsTest {

  @Test
  void parakeetNeedsItsGraphsOfOnePrecisionAndDescriptions() throws Exception {
    Set<String> names =
        Set.of(
            "README.md",
            "config.json",
            "vocab.txt",
            "nemo128.onnx",
            "encoder-model.onnx",
            "encoder-model.onnx.data",
            "encoder-model.int8.onnx",
            "decoder_joint-model.onnx",
            "decoder_joint-model.int8.onnx");

    assertThat(among(names))
        .containsExactlyInAnyOrder(
            "README.md",
            "config.json",
            "vocab.txt",
            "encoder-model.int8.onnx",
            "decoder_joint-model.int8.onnx");
  }

  @Test
  void weightsBesideAGraphBelongToIt() throws Exception {
    Set<String> names =
        Set.of(
            "config.json",
            "vocab.txt",
            "encoder-model.onnx",
            "encoder-model.onnx.data",
            "decoder_joint-model.onnx");

    assertThat(among(names)).contains("encoder-model.onnx", "encoder-model.onnx.data");
  }

  @Test
  void theCtcGraphOfAHybridIsLeftBehind() throws Exception {
    Set<String> names =
        Set.of(
            "config.json",
            "vocab.txt",
            "encoder-model.onnx",
            "decoder_joint-model.onnx",
            "model.onnx",
            "model.onnx.data");

    assertThat(among(names))
        .containsExactlyInAnyOrder(
            "config.json", "vocab.txt", "encoder-model.onnx", "decoder_joint-model.onnx");
  }

  @Test
  void theNewestCompleteCheckpointOfIcefallIsTaken() throws Exception {
    Set<String> names =
        Set.of(
            "encoder-epoch-30-avg-9.onnx",
            "decoder-epoch-30-avg-9.onnx",
            "joiner-epoch-30-avg-9.onnx",
            "encoder-epoch-99-avg-1.onnx",
            "encoder-epoch-99-avg-1.int8.onnx",
            "decoder-epoch-99-avg-1.onnx",
            "joiner-epoch-99-avg-1.onnx",
            "tokens.txt",
            "test_wavs/0.wav");

    assertThat(among(names))
        .containsExactlyInAnyOrder(
            "encoder-epoch-99-avg-1.int8.onnx",
            "decoder-epoch-99-avg-1.onnx",
            "joiner-epoch-99-avg-1.onnx",
            "tokens.txt");
  }

  @Test
  void senseVoiceNeedsOneGraphAndItsTokens() throws Exception {
    assertThat(among(Set.of("model.onnx", "model.int8.onnx", "tokens.txt", "README.md")))
        .containsExactly("README.md", "model.int8.onnx", "tokens.txt");
  }

  @Test
  void aModelOfVoicesIsOneGraph() throws Exception {
    assertThat(among(Set.of("README.md", "config.json", "onnx/model.onnx", "onnx/model_fp16.onnx")))
        .containsExactly("config.json", "README.md", "onnx/model.onnx");
    assertThat(among(Set.of("voxceleb_resnet34_LM.onnx", "config.yaml")))
        .containsExactly("voxceleb_resnet34_LM.onnx");
  }

  @Test
  void aModelOfTextIsNotTakenForOneOfVoices() {
    assertThatThrownBy(() -> among(Set.of("onnx/model.onnx", "tokenizer.json")))
        .isInstanceOf(ProcessingException.class);
  }

  @Test
  void aCheckpointIsRefusedAsOneToExport() {
    assertThatThrownBy(() -> among(Set.of("config.yaml", "pytorch_model.pt", "vocab.txt")))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("found a checkpoint of ChunkFormer");
  }

  private static List<String> among(Set<String> names) throws ProcessingException {
    return PublishedParts.among(
        new FileListing(names, "the repository 'a/b'"), GraphPreference.CPU);
  }
}
