package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Content of a token table, one token a line, with or without its number.
 *
 * @param count number of tokens, without marks such as {@code #0} behind them
 * @param hasBlank whether {@code <blk>} is among them
 */
record TokenLines(int count, boolean hasBlank) {
  static final String BLANK = "<blk>";

  private static final Pattern MARK = Pattern.compile("#\\d+([ \\t]\\d+)?");

  /**
   * Reads {@code file}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is no text
   */
  static TokenLines read(Path file) throws ProcessingException, IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a text of one token a line, found other bytes: '" + file + "'",
          "Copy the model's files again",
          e);
    }
    int count = lines.size();
    while (count > 0 && isNoToken(lines.get(count - 1))) {
      count--;
    }
    boolean hasBlank =
        lines.stream().anyMatch(line -> line.equals(BLANK) || line.startsWith(BLANK + " "));
    return new TokenLines(count, hasBlank);
  }

  private static boolean isNoToken(String line) {
    return line.isEmpty() || MARK.matcher(line).matches();
  }
}
