package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.cli.ImportOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports of Whisper folders whose files lie, with small models of random weights. */
final class SpeechModelTrialTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/whisper");
  private static final String ENCODER = "onnx/encoder_model.onnx";
  private static final String DECODER = "onnx/decoder_model_merged.onnx";

  @TempDir private Path temporary;
  private ScratchImports imports;
  private Path source = Path.of("");

  @BeforeEach
  void makeAModel() throws IOException {
    imports = ScratchImports.in(temporary);
    source = temporary.resolve("export");
    Files.createDirectories(source.resolve("onnx"));
    for (String file :
        List.of(
            "config.json",
            "generation_config.json",
            "preprocessor_config.json",
            "tokenizer.json",
            ENCODER,
            DECODER)) {
      Files.copy(GOLDEN.resolve("multilingual").resolve(file), source.resolve(file));
    }
  }

  @Test
  void aModelThatHearsComesIn() throws Exception {
    imports.assertTaken(source, "whisper-small");
  }

  @Test
  void aGraphThatWasCutOffIsRefused() throws IOException {
    Path decoder = source.resolve(DECODER);
    byte[] bytes = Files.readAllBytes(decoder);
    Files.write(decoder, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused();
  }

  @Test
  void aDecoderWithoutABranchForThePastIsRefused() throws IOException {
    Files.copy(
        source.resolve(ENCODER), source.resolve(DECODER), StandardCopyOption.REPLACE_EXISTING);
    assertRefused();
  }

  @Test
  void aDecoderOfAnotherSizeIsRefused() throws IOException {
    Files.copy(
        GOLDEN.resolve("micro").resolve(DECODER),
        source.resolve(DECODER),
        StandardCopyOption.REPLACE_EXISTING);
    assertRefused();
  }

  @Test
  void aDescriptionWithAnotherVocabularyIsRefused() throws IOException {
    Path config = source.resolve("config.json");
    String text = Files.readString(config);
    String changed = text.replaceFirst("\"vocab_size\": *([0-9]+)", "\"vocab_size\": 1$1");
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(config, changed);
    assertRefused();
  }

  private void assertRefused() {
    imports.assertRefused(new ImportOrder(source, "whisper-small", null), "", "");
  }
}
