package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object inside a manifest, read key by key. Every complaint is a {@code MODEL_LOAD_ERROR}
 * that names the file and the key. Immutable.
 */
public final class ManifestSection {
  private static final String HINT =
      "Correct the manifest, or install the model again with 'models import'";

  private final ObjectNode object;

  /** The file, for messages. */
  private final String file;

  /** The keys that lead here, with a dot behind each; empty for the whole manifest. */
  private final String prefix;

  private ManifestSection(ObjectNode object, String file, String prefix) {
    this.object = object;
    this.file = file;
    this.prefix = prefix;
  }

  /** The whole manifest. Takes ownership of {@code object}. */
  static ManifestSection whole(ObjectNode object, String file) {
    return new ManifestSection(
        requireNonNull(object, "object is null"), requireNonNull(file, "file is null"), "");
  }

  /** A section with one text, for layouts that have no manifest. */
  static ManifestSection of(String file, String key, String value) {
    return whole(JsonNodeFactory.instance.objectNode().put(key, value), file);
  }

  public boolean has(String key) {
    return object.hasNonNull(key);
  }

  /** The keys, in the order of the file. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    object.fieldNames().forEachRemaining(keys::add);
    return List.copyOf(keys);
  }

  /** Refuses every key that is not among {@code known}, so that a typing error is not ignored. */
  public void requireOnly(String... known) throws ProcessingException {
    Set<String> unknown = new TreeSet<>(keys());
    unknown.removeAll(Set.of(known));
    if (!unknown.isEmpty()) {
      String key = unknown.iterator().next();
      throw failure(
          "Unknown key '%s%s' in '%s': expected one of %s"
              .formatted(
                  prefix, key, file, Stream.of(known).sorted().collect(Collectors.joining(", "))));
    }
  }

  /** A text that must be there and not blank. */
  public String text(String key) throws ProcessingException {
    JsonNode node = required(key, "a text");
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw invalid(key, "a text");
    }
    return node.textValue();
  }

  /** The text under {@code key}, or {@code fallback} if there is none. */
  public String textOr(String key, String fallback) throws ProcessingException {
    if (!has(key)) {
      return fallback;
    }
    if (!object.get(key).isTextual()) {
      throw invalid(key, "a text");
    }
    return object.get(key).textValue();
  }

  public Optional<String> optionalText(String key) throws ProcessingException {
    return has(key) ? Optional.of(text(key)) : Optional.empty();
  }

  /** A list of texts; empty if the key is absent. */
  public List<String> texts(String key) throws ProcessingException {
    if (!has(key)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode node : object.get(key)) {
      if (!node.isTextual()) {
        throw invalid(key, "a list of texts");
      }
      texts.add(node.textValue());
    }
    if (!object.get(key).isArray()) {
      throw invalid(key, "a list of texts");
    }
    return List.copyOf(texts);
  }

  /** A list of lists of whole numbers; empty if the key is absent. */
  public List<List<Integer>> integerLists(String key) throws ProcessingException {
    if (!has(key)) {
      return List.of();
    }
    List<List<Integer>> lists = new ArrayList<>();
    for (JsonNode inner : required(key, "a list")) {
      List<Integer> list = new ArrayList<>();
      for (JsonNode number : inner) {
        if (!number.isIntegralNumber() || !number.canConvertToInt()) {
          throw invalid(key, "a list of lists of whole numbers");
        }
        list.add(number.intValue());
      }
      if (!inner.isArray()) {
        throw invalid(key, "a list of lists of whole numbers");
      }
      lists.add(List.copyOf(list));
    }
    return List.copyOf(lists);
  }

  /** A list of numbers that may have fractions. */
  public List<Double> numbers(String key) throws ProcessingException {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode number : required(key, "a list of numbers")) {
      if (!number.isNumber()) {
        throw invalid(key, "a list of numbers");
      }
      numbers.add(number.doubleValue());
    }
    return List.copyOf(numbers);
  }

  /** The whole number under {@code key}, which has to be there. */
  public int integer(String key) throws ProcessingException {
    JsonNode node = required(key, "a whole number");
    if (!node.isIntegralNumber() || !node.canConvertToInt()) {
      throw invalid(key, "a whole number");
    }
    return node.intValue();
  }

  public int integerOr(String key, int fallback) throws ProcessingException {
    return has(key) ? integer(key) : fallback;
  }

  /** A whole number of {@code least} or more. */
  public int integerAtLeast(int least, String key, int fallback) throws ProcessingException {
    int value = integerOr(key, fallback);
    if (value < least) {
      throw invalid(key, least + " or more");
    }
    return value;
  }

  /**
   * A duration in samples at {@link Waveform#SAMPLE_RATE}, 1 or more.
   *
   * @param perSecond how many units of the number make a second, such as 1000 for milliseconds
   */
  public int samples(String key, int perSecond) throws ProcessingException {
    double samples = number(key) * Waveform.SAMPLE_RATE / perSecond;
    if (!(samples >= 1 && samples <= Integer.MAX_VALUE)) {
      throw invalid(key, "a duration above zero");
    }
    return Math.toIntExact(Math.round(samples));
  }

  /** A whole number that may exceed 2^31, such as a size in bytes. */
  public long longInteger(String key) throws ProcessingException {
    JsonNode node = required(key, "a whole number");
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      throw invalid(key, "a whole number");
    }
    return node.longValue();
  }

  /** The number under {@code key}, which has to be there. */
  public double number(String key) throws ProcessingException {
    JsonNode node = required(key, "a number");
    if (!node.isNumber()) {
      throw invalid(key, "a number");
    }
    return node.doubleValue();
  }

  public double numberOr(String key, double fallback) throws ProcessingException {
    return has(key) ? number(key) : fallback;
  }

  /** The flag under {@code key}, or {@code fallback} if there is none. */
  public boolean flagOr(String key, boolean fallback) throws ProcessingException {
    if (!has(key)) {
      return fallback;
    }
    if (!object.get(key).isBoolean()) {
      throw invalid(key, "true or false");
    }
    return object.get(key).booleanValue();
  }

  /** One of the constants of {@code type}, written in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) throws ProcessingException {
    String text = text(key);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw invalid(
        key,
        Stream.of(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "one of ", "")));
  }

  public <E extends Enum<E>> E choiceOr(String key, E fallback) throws ProcessingException {
    return has(key) ? choice(key, fallback.getDeclaringClass()) : fallback;
  }

  /** The object under {@code key}. */
  public ManifestSection section(String key) throws ProcessingException {
    JsonNode node = required(key, "an object");
    if (!(node instanceof ObjectNode child)) {
      throw invalid(key, "an object");
    }
    return new ManifestSection(child, file, prefix + key + ".");
  }

  /** The object under {@code key}; an empty one if the key is absent. */
  public ManifestSection sectionOrEmpty(String key) throws ProcessingException {
    return has(key)
        ? section(key)
        : new ManifestSection(JsonNodeFactory.instance.objectNode(), file, prefix + key + ".");
  }

  /** The failure for an unexpected value of {@code key}. */
  public ProcessingException invalid(String key, String expected) {
    return invalid(key, expected, null);
  }

  /** Like {@link #invalid(String, String)}, with the mistake that a check of the value reported. */
  public ProcessingException invalid(String key, String expected, @Nullable Throwable cause) {
    String found = has(key) ? object.get(key).toString() : "nothing";
    return failure(
        "Expected %s, found %s: key '%s%s' of '%s'".formatted(expected, found, prefix, key, file),
        cause);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ManifestSection section
        && object.equals(section.object)
        && file.equals(section.file)
        && prefix.equals(section.prefix);
  }

  @Override
  public int hashCode() {
    return object.hashCode();
  }

  private JsonNode required(String key, String expected) throws ProcessingException {
    JsonNode node = object.get(key);
    if (node == null || node.isNull()) {
      throw invalid(key, expected);
    }
    return node;
  }

  private static ProcessingException failure(String message) {
    return failure(message, null);
  }

  private static ProcessingException failure(String message, @Nullable Throwable cause) {
    return new ProcessingException(FailureCode.MODEL_LOAD_ERROR, message, HINT, cause);
  }
}
