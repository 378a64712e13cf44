package io.maie.edge.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Receives what is wrong with one value. */
public final class Findings {
  private final BiConsumer<String, String> sink;
  private int count;

  /**
   * Creates findings.
   *
   * @param sink receives the place within the value, such as {@code [2]}, and the sentence
   */
  public Findings(BiConsumer<String, String> sink) {
    this.sink = sink;
  }

  /** The value that {@code raw} stands for; empty if anything is wrong with it. */
  public <T> Optional<T> read(ValueType<T> type, @Nullable Object raw) {
    try {
      T value = type.read(raw, this);
      return isEmpty() ? Optional.of(value) : Optional.empty();
    } catch (InvalidValueException e) {
      add("", String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  public void add(String place, String sentence) {
    count++;
    sink.accept(place, sentence);
  }

  /** Adds the usual sentence for a value of the wrong kind. */
  public void expected(String expectation, @Nullable Object found) {
    add("", "expected " + expectation + ", found " + describe(found));
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** A value in the words of the person who wrote it. */
  public static String describe(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String text) {
      return "the text '" + (text.length() <= 40 ? text : text.substring(0, 40) + "...") + "'";
    }
    if (value instanceof List) {
      return "a list";
    }
    if (value instanceof Map) {
      return "an object";
    }
    return value.toString();
  }
}
