package io.maie.edge.asr.frames;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.TokenLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** The tokens of a model by number. */
public final class TokenTable {
  private static final Pattern MARK = Pattern.compile("#\\d+");

  private final List<String> tokens;
  private final Map<String, Integer> numbers = new HashMap<>();

  TokenTable(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      numbers.putIfAbsent(tokens.get(i), i);
    }
  }

  /**
   * Reads a table.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}, as {@link TokenLines} says
   */
  public static TokenTable read(Path file) throws ProcessingException, IOException {
    return new TokenTable(TokenLines.read(file).tokens());
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

  /**
   * The number of the token that {@code key} of {@code section} names.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the table has no such token
   */
  public int number(ManifestSection section, String key) throws ProcessingException {
    OptionalInt number = number(section.text(key));
    if (number.isEmpty()) {
      throw section.invalid(key, "a token of the token table");
    }
    return number.getAsInt();
  }

  /** The number of {@code text}; the first of equals. */
  public OptionalInt number(String text) {
    Integer number = numbers.get(text);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
