package io.maie.edge.asr.ctc;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.StringTokenizer;

/**
 * Reads a lexicon, plain or gzip: per line a word and its tokens, apart by blanks or tabs. A word
 * may have several lines.
 */
final class LexiconReader {
  private LexiconReader() {}

  /**
   * Reads the spellings and adds the words to {@code table}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}, with the number of the line
   */
  static LexiconTrie.Spelling[] read(Path file, TokenTable tokens, WordTable table)
      throws ProcessingException, IOException {
    List<LexiconTrie.Spelling> spellings = new ArrayList<>();
    try (ByteLines lines = ByteLines.open(file)) {
      while (lines.next()) {
        if (lines.start() < lines.end()) {
          spellings.add(spelling(lines, file, tokens, table));
        }
      }
    }
    return spellings.toArray(LexiconTrie.Spelling[]::new);
  }

  private static LexiconTrie.Spelling spelling(
      ByteLines lines, Path file, TokenTable tokens, WordTable table) throws ProcessingException {
    StringTokenizer parts = new StringTokenizer(lines.text(), " \t");
    int count = parts.countTokens() - 1;
    if (count < 1) {
      throw wrong("a word and its tokens", lines, file);
    }
    int word = table.add(parts.nextToken());
    short[] numbers = new short[count];
    for (int i = 0; i < count; i++) {
      OptionalInt number = tokens.number(parts.nextToken());
      if (number.isEmpty()) {
        throw wrong("tokens of the model's token table", lines, file);
      }
      numbers[i] = (short) number.getAsInt();
    }
    return new LexiconTrie.Spelling(numbers, word);
  }

  private static ProcessingException wrong(String expected, ByteLines lines, Path file) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s, found '%s': line %d of '%s'"
            .formatted(expected, lines.text(), lines.number(), file),
        "Install the model again with 'models import'");
  }
}
