package io.maie.edge.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Receives what is wrong with one value. */
public final class Findings {
  private final BiConsumer<String, String> sink;
  private final boolean readsTexts;
  private int count;

  /**
   * Creates findings about a value of a document, which tells texts, numbers and booleans apart.
   *
   * @param sink receives the place within the value, such as {@code [2]}, and the sentence
   */
  public Findings(BiConsumer<String, String> sink) {
    this(sink, false);
  }

  private Findings(BiConsumer<String, String> sink, boolean readsTexts) {
    this.sink = sink;
    this.readsTexts = readsTexts;
  }

  /**
   * Creates findings about a value that may be written as a text whatever its type: variables and
   * flags have no other values.
   */
  public static Findings ofTexts(BiConsumer<String, String> sink) {
    return new Findings(sink, true);
  }

  /** Receives what is wrong with the part at {@code place}. */
  public Findings part(String place) {
    return new Findings((inner, sentence) -> add(place + inner, sentence), readsTexts);
  }

  /** The number or boolean that is meant by {@code raw}; any other value as it is. */
  @Nullable Object scalar(@Nullable Object raw) {
    return readsTexts && raw instanceof String text ? YamlText.scalar(text) : raw;
  }

  /** The list that is meant by {@code raw}; any other value as it is. */
  @Nullable Object list(@Nullable Object raw) {
    boolean isText = raw instanceof String || raw instanceof Number || raw instanceof Boolean;
    return readsTexts && isText ? YamlText.items(String.valueOf(raw)) : raw;
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
