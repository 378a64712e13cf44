package io.maie.edge.text.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenBytesTest {
  private static final Path MODELS = Path.of("src/test/resources/text/models");

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen3", "llama3", "smollm2", "gemma3"})
  void theBytesOfTheTokensOfATextAreItsBytes(String family) throws Exception {
    Path file = MODELS.resolve(family).resolve("tokenizer.json");
    List<byte[]> bytes = TokenBytes.read(file);
    String text = "An sends 12,500 euros.\n\nChị Hoa: \"báo cáo\" 🙂\t~";
    try (Tokenizer tokenizer = Tokenizer.open(file)) {
      ByteArrayOutputStream joined = new ByteArrayOutputStream();
      for (long id : tokenizer.ids(text)) {
        joined.writeBytes(bytes.get((int) id));
      }

      assertThat(joined.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    }
  }

  @Test
  void specialTokensHaveNoBytes() throws Exception {
    List<byte[]> bytes = TokenBytes.read(MODELS.resolve("gemma3").resolve("tokenizer.json"));

    assertThat(bytes.subList(0, 6)).allMatch(token -> token.length == 0);
    assertThat(bytes.subList(6, bytes.size())).noneMatch(token -> token.length == 0);
  }

  @Test
  void anotherWayOfWritingBytesIsRefused() throws Exception {
    Path file = temporary.resolve("tokenizer.json");
    Files.writeString(
        file, "{\"decoder\": {\"type\": \"WordPiece\"}, \"model\": {\"vocab\": {\"a\": 0}}}");

    assertThatThrownBy(() -> TokenBytes.read(file))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("neither ByteLevel nor ByteFallback");
  }
}
