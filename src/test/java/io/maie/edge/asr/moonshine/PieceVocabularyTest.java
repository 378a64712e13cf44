package io.maie.edge.asr.moonshine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PieceVocabularyTest {
  private static final PieceVocabulary SMALL =
      new PieceVocabulary(
          List.of(
              "<unk>",
              "<s>",
              "</s>",
              "<0xC3>",
              "<0xA9>",
              "<0xE2>",
              "\u2581caf",
              "s",
              "\u2581",
              "<<ST_0>>"));

  @TempDir private Path folder;

  @Test
  void neighbouringBytesBecomeOneCharacter() {
    assertThat(SMALL.decode(6, 3, 4, 7)).isEqualTo(" caf\u00e9s");
  }

  @Test
  void brokenBytesBecomeOneReplacementEach() {
    assertThat(SMALL.decode(6, 3, 5)).isEqualTo(" caf\ufffd\ufffd");
    assertThat(SMALL.decode(3, 4, 5)).isEqualTo("\ufffd\ufffd\ufffd");
  }

  @Test
  void controlPiecesHaveNoText() {
    assertThat(SMALL.decode(1, 6, 9, 7, 0, 2)).isEqualTo(" cafs");
  }

  @Test
  void blanksAreKept() {
    assertThat(SMALL.decode(8, 8, 6)).isEqualTo("   caf");
  }

  @Test
  void unknownIdsHaveNoText() {
    assertThat(SMALL.decode(-1, 6, 1000)).isEqualTo(" caf");
    assertThat(SMALL.bytes(1000)).isEmpty();
  }

  @Test
  void aTokenizerFileHoldsTheSamePieces() throws Exception {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(
        file,
        """
        {"added_tokens": [{"id": 2, "content": "</s>", "special": true}],
         "model": {"type": "BPE", "merges": [], "vocab": {"<unk>": 0, "\u2581a": 1, "b": 3}}}
        """);
    PieceVocabulary vocabulary = PieceVocabulary.read(file);
    assertThat(vocabulary.size()).isEqualTo(4);
    assertThat(vocabulary.decode(1, 3, 2)).isEqualTo(" ab");
  }

  @Test
  void theShippedVocabularyHasAPieceForEveryLogit() throws Exception {
    PieceVocabulary vocabulary =
        PieceVocabulary.read(
            ShippedMoonshine.MODELS.resolve(ShippedMoonshine.NAME).resolve("tokens.txt"));
    assertThat(vocabulary.size()).isEqualTo(32_768);
    assertThat(vocabulary.bytes(258)).containsExactly(0xff);
  }

  @Test
  void aFileWithoutPiecesIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens.txt"), "\n");
    assertThatThrownBy(() -> PieceVocabulary.read(file))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("tokens.txt");
  }
}
