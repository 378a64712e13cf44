package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Content of a token table, UTF-8: either one token per line, its line number from 0 being its
 * number, or, as Kaldi and its successors write it, a token, a blank and its number per line.
 *
 * @param tokens in order of their numbers, 1 or more
 */
public record TokenLines(List<String> tokens) {
  static final String BLANK = "<blk>";

  private static final Pattern NUMBERED = Pattern.compile("(.*)[ \\t](\\d{1,9})");
  private static final Pattern MARK = Pattern.compile("#\\d+");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public TokenLines {
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads {@code file}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is no text, has no tokens, or has a
   *     number twice or not at all
   */
  public static TokenLines read(Path file) throws ProcessingException, IOException {
    List<String> lines = new ArrayList<>(lines(file));
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    if (lines.isEmpty()) {
      throw wrong("one token per line, found none", file);
    }
    if (lines.get(0).startsWith(BYTE_ORDER_MARK)) {
      lines.set(0, lines.get(0).substring(BYTE_ORDER_MARK.length()));
    }
    long numbered = lines.stream().filter(line -> NUMBERED.matcher(line).matches()).count();
    return new TokenLines(
        numbered > lines.size() / 2 ? numbered(lines, file) : distinct(lines, file));
  }

  private static List<String> lines(Path file) throws ProcessingException, IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a UTF-8 text of one token per line, found other bytes: '" + file + "'",
          "Copy the model's files again",
          e);
    }
  }

  private static List<String> numbered(List<String> lines, Path file) throws ProcessingException {
    String[] tokens = new String[lines.size()];
    for (int i = 0; i < tokens.length; i++) {
      Matcher line = NUMBERED.matcher(lines.get(i));
      int number = line.matches() ? Integer.parseInt(line.group(2)) : tokens.length;
      if (number >= tokens.length || tokens[number] != null) {
        throw wrong(
            "each number from 0 to %d once, found '%s' in line %d"
                .formatted(tokens.length - 1, lines.get(i), i + 1),
            file);
      }
      tokens[number] = line.group(1);
    }
    return Arrays.asList(tokens);
  }

  private static List<String> distinct(List<String> lines, Path file) throws ProcessingException {
    Set<String> known = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!known.add(lines.get(i))) {
        throw wrong(
            "each token once, found '%s' again in line %d".formatted(lines.get(i), i + 1), file);
      }
    }
    return lines;
  }

  private static ProcessingException wrong(String expectedAndFound, Path file) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s: '%s'".formatted(expectedAndFound, file),
        "Copy the model's files again");
  }

  /** Number of tokens, without the marks of training behind them, {@code #0} and the like. */
  int count() {
    int count = tokens.size();
    while (count > 0 && MARK.matcher(tokens.get(count - 1)).matches()) {
      count--;
    }
    return count;
  }

  boolean hasBlank() {
    return tokens.contains(BLANK);
  }
}
