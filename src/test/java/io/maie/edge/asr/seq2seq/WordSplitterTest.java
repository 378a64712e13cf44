package io.maie.edge.asr.seq2seq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordSplitterTest {
  /** The tokens of the text at hand; a text that begins with 0x is bytes. */
  private final List<String> table = new ArrayList<>();

  private final Vocabulary vocabulary =
      new Vocabulary() {
        @Override
        public String decode(int... tokens) {
          ByteArrayOutputStream all = new ByteArrayOutputStream();
          for (int token : tokens) {
            all.writeBytes(bytes(token));
          }
          return all.toString(UTF_8);
        }

        @Override
        public byte[] bytes(int token) {
          String text = table.get(token);
          return text.startsWith("0x")
              ? HexFormat.of().parseHex(text.substring(2))
              : text.getBytes(UTF_8);
        }
      };

  @Test
  void blanksDivideWords() {
    assertThat(words("en", " Hel", "lo", " wor", "ld")).containsExactly("Hello", "world");
  }

  @Test
  void everyTokenBelongsToTheWordThatItSpells() {
    assertThat(parts("en", " Hel", "lo", " there"))
        .containsExactly(
            new WordSplitter.Part("Hello", 0, 2), new WordSplitter.Part("there", 2, 3));
  }

  @Test
  void punctuationGoesWithItsNeighbour() {
    assertThat(words("en", " \"", "Stop", "!", "\"", " he", " said", "."))
        .containsExactly("\"Stop!\"", "he", "said.");
    assertThat(words("es", " ¿", "Qué", "?")).containsExactly("¿Qué?");
  }

  @Test
  void charactersOfSeveralTokensStayWhole() {
    // é in two bytes, then a Chinese character in three
    assertThat(words("fr", " caf", "0xc3", "0xa9", " noir")).containsExactly("café", "noir");
    assertThat(parts("zh", "0xe4", "0xbd", "0xa0", "好"))
        .containsExactly(new WordSplitter.Part("你", 0, 3), new WordSplitter.Part("好", 3, 4));
  }

  @Test
  void everyCharacterIsAWordInLanguagesWithoutBlanks() {
    assertThat(words("ja", "今日", "は", "、", "晴れ")).containsExactly("今日", "は、", "晴れ");
    assertThat(words("en", "今日", "は")).containsExactly("今日は");
  }

  @Test
  void blankAndEmptyTextGiveNoWords() {
    assertThat(words("en")).isEmpty();
    assertThat(words("en", " ", "  ")).isEmpty();
  }

  private List<String> words(String language, String... tokens) {
    return parts(language, tokens).stream().map(WordSplitter.Part::text).toList();
  }

  private List<WordSplitter.Part> parts(String language, String... tokens) {
    table.clear();
    table.addAll(List.of(tokens));
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < tokens.length; i++) {
      ids.add(i);
    }
    return new WordSplitter(vocabulary).split(ids, language);
  }
}
