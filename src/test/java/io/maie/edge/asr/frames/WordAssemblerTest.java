package io.maie.edge.asr.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordAssemblerTest {

  @Test
  void sentencePiecesBeginWordsAtTheirMark() {
    TokenTable tokens = new TokenTable(List.of("\u2581he", "llo", "\u2581", "wor", "ld", "<unk>"));

    assertThat(words(tokens, TokenUnit.BPE, 0, 1, 2, 3, 5, 4)).containsExactly("hello", "world");
  }

  @Test
  void bytesSpellTheCharactersThatTheVocabularyLacks() {
    TokenTable tokens =
        new TokenTable(
            List.of("\u2581caf", "<0xC3>", "<0xA9>", "\u2581", "<0xF0>", "<0x9F>", "<unk>"));

    assertThat(words(tokens, TokenUnit.BPE, 0, 1, 2, 3, 1, 2, 0))
        .containsExactly("café", "é", "caf");
    assertThat(words(tokens, TokenUnit.BPE, 0, 4, 5, 0, 1)).containsExactly("caf", "caf");
  }

  @Test
  void lettersAreDividedByBars() {
    TokenTable tokens = new TokenTable(List.of("<pad>", "|", "H", "I", "[UNK]"));

    assertThat(words(tokens, TokenUnit.CHAR, 1, 2, 3, 1, 1, 3, 4, 1)).containsExactly("HI", "I");
  }

  @Test
  void lettersAreDividedByBlanks() {
    assertThat(words(new TokenTable(List.of(" ", "a", "b")), TokenUnit.CHAR, 1, 2, 0, 2))
        .containsExactly("ab", "b");
  }

  @Test
  void ideographsAreWordsAndNeedNoBlanks() {
    TokenTable tokens = new TokenTable(List.of("\u4f60", "\u597d", "\u2581o", "k"));

    List<String> words = words(tokens, TokenUnit.BPE, 0, 1, 2, 3, 0);

    assertThat(words).containsExactly("\u4f60", "\u597d", "ok", "\u4f60");
    assertThat(Scripts.join(words)).isEqualTo("\u4f60\u597d ok \u4f60");
  }

  @Test
  void aWordLastsFromItsFirstToItsLastTokenAndIsAsProbableAsTheyAreOnAverage() {
    List<DecodedWord> words =
        new WordAssembler(new TokenTable(List.of("\u2581a", "b")), TokenUnit.BPE)
            .assemble(List.of(new TokenSpan(0, 3, 4, 0.5), new TokenSpan(1, 7, 9, 1)));

    assertThat(words).containsExactly(new DecodedWord("ab", 3, 9, 0.75));
  }

  private static List<String> words(TokenTable table, TokenUnit unit, int... tokens) {
    List<TokenSpan> spans = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      spans.add(new TokenSpan(tokens[i], i, i + 1, 1));
    }
    return new WordAssembler(table, unit).assemble(spans).stream().map(DecodedWord::text).toList();
  }
}
