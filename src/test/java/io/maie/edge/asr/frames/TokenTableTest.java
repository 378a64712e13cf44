package io.maie.edge.asr.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTableTest {
  @TempDir Path folder;

  @Test
  void linesAreTokensInOrder() throws Exception {
    TokenTable table = read("<pad>\n|\nE\n");

    assertThat(table.size()).isEqualTo(3);
    assertThat(table.text(1)).isEqualTo("|");
    assertThat(table.number("E")).hasValue(2);
    assertThat(table.number("absent")).isEmpty();
  }

  @Test
  void numbersBehindTheTokensCount() throws Exception {
    TokenTable table = read("b 1\n<blk> 2\na 0");

    assertThat(table.text(0)).isEqualTo("a");
    assertThat(table.number("<blk>")).hasValue(2);
  }

  @Test
  void aBlankCanBeAToken() throws Exception {
    assertThat(read(" \na\n").text(0)).isEqualTo(" ");
    assertThat(read("  0\na 1\n").text(0)).isEqualTo(" ");
  }

  @Test
  void aMarkOfTheByteOrderBelongsToNoToken() throws Exception {
    assertThat(read("\uFEFF<blk> 0\na 1\n").text(0)).isEqualTo("<blk>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a 5\nb 6\n",
        "a 0\nb 2\n",
        "a 0\nb 0\n",
        "a 0\nb\nc 2\n",
        "a 0\n\nc 2\n",
        "a\nb\na\n"
      })
  void numbersWithGapsAndTokensThatComeTwiceAreRefused(String table) {
    assertThatThrownBy(() -> read(table))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("line");
  }

  @Test
  void anEmptyTableIsRefused() {
    assertThatThrownBy(() -> read("\n")).isInstanceOf(ProcessingException.class);
  }

  private TokenTable read(String text) throws Exception {
    return TokenTable.read(Files.writeString(folder.resolve("tokens.txt"), text));
  }
}
