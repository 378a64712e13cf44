package io.maie.edge.asr.frames;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a model by number. Read from {@code tokens.txt}: one token per line in order, or a
 * token, a blank and its number per line.
 */
public final class TokenTable {
  private static final Pattern NUMBERED = Pattern.compile("(.*)[ \\t](\\d{1,9})");

  private static final Pattern MARK = Pattern.compile("#\\d+");

  private final List<String> tokens;
  private final Map<String, Integer> numbers = new HashMap<>();

  private TokenTable(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      numbers.putIfAbsent(tokens.get(i), i);
    }
  }

  public static TokenTable of(String... tokens) {
    return new TokenTable(List.of(tokens));
  }

  /**
   * Reads a table.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}
   */
  public static TokenTable read(Path file) throws ProcessingException, IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
    if (lines.isEmpty()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR, "Expected one token per line, found none: '" + file + "'");
    }
    List<String> numbered = numbered(lines);
    return new TokenTable(numbered == null ? lines : numbered);
  }

  /**
   * The same table without the marks at its end, {@code #0} and the like, that icefall uses in
   * training and no model says.
   */
  public TokenTable withoutMarks() {
    int count = tokens.size();
    while (count > 0 && MARK.matcher(tokens.get(count - 1)).matches()) {
      count--;
    }
    return new TokenTable(tokens.subList(0, count));
  }

  public int size() {
    return tokens.size();
  }

  public String text(int token) {
    return tokens.get(token);
  }

  /** The number of {@code text}; the first of equals. */
  public OptionalInt number(String text) {
    Integer number = numbers.get(text);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The tokens in order of their numbers, if every number up to the count occurs once. */
  private static @Nullable List<String> numbered(List<String> lines) {
    String[] tokens = new String[lines.size()];
    for (String line : lines) {
      Matcher matcher = NUMBERED.matcher(line);
      if (!matcher.matches()) {
        return null;
      }
      int number = Integer.parseInt(matcher.group(2));
      if (number >= tokens.length || tokens[number] != null) {
        return null;
      }
      tokens[number] = matcher.group(1);
    }
    return Arrays.asList(tokens);
  }
}
