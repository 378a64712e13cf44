package io.maie.edge.text.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {
  private static final Path MODELS = Path.of("src/test/resources/text/models");

  @ParameterizedTest
  @ValueSource(strings = {"qwen2", "qwen3", "llama3", "smollm2", "gemma3"})
  void aTextComesBackFromItsTokens(String family) throws Exception {
    try (Tokenizer tokenizer = open(family)) {
      for (String text : List.of("An sends 12,500 euros.", "Chị Hoa gửi báo cáo 🙂\n\nHết", "")) {
        List<Integer> ids = Arrays.stream(tokenizer.ids(text)).mapToObj(id -> (int) id).toList();

        assertThat(tokenizer.text(ids)).isEqualTo(text);
        assertThat(tokenizer.count(text)).isEqualTo(ids.size());
      }
    }
  }

  @Test
  void aMarkIsOneTokenThatTextsDoNotShow() throws Exception {
    try (Tokenizer tokenizer = open("qwen2")) {
      assertThat(tokenizer.ids("<|im_end|>")).containsExactly(2);
      assertThat(tokenizer.text(List.of(1, 2))).isEmpty();
    }
  }

  @Test
  void aClosedTokenizerIsNotUsed() throws Exception {
    Tokenizer tokenizer = open("qwen2");
    tokenizer.close();
    tokenizer.close();

    assertThatThrownBy(() -> tokenizer.ids("a")).isInstanceOf(IllegalStateException.class);
  }

  private static Tokenizer open(String family) throws Exception {
    return Tokenizer.open(MODELS.resolve(family).resolve("tokenizer.json"));
  }
}
