package io.maie.edge.request;

import static io.maie.edge.request.RecordingParameters.AUTO_LANGUAGE;

import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Findings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks that {@link ParameterKey} is made of. */
final class ParameterChecks {
  /** One path element that every file system takes and no path, address or option can hide in. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

  /** Languages with a script, by their codes in lower case. */
  private static final Map<String, String> WITH_SCRIPT =
      Map.of("zh-hans", "zh-Hans", "zh-hant", "zh-Hant");

  private static final int MOST_LANGUAGES = 100;

  private static final Pattern SPEAKER = Pattern.compile("S[1-9]\\d{0,2}");
  private static final int MOST_NAMES = 100;
  private static final int LONGEST_NAME = 100;

  private ParameterChecks() {}

  /** Also accepts null, which takes back what a weaker layer says. */
  static ParameterCheck optional(ParameterCheck check) {
    return (raw, findings) -> raw == null ? null : check.check(raw, findings);
  }

  static @Nullable Object flag(@Nullable Object raw, Findings findings) {
    if (!(raw instanceof Boolean)) {
      findings.expected("true or false", raw);
    }
    return raw;
  }

  /** The id of something that is installed: never a path or an address. */
  static @Nullable Object name(@Nullable Object raw, Findings findings) {
    if (!(raw instanceof String text) || !NAME.matcher(text).matches()) {
      findings.expected(
          "the name of something installed (letters, digits, '.', '_', '-'; no path, no address)",
          raw);
    }
    return raw;
  }

  static @Nullable Object language(@Nullable Object raw, Findings findings) {
    Optional<String> code = languageCode(raw);
    if (code.isPresent()) {
      return code.get();
    }
    if (raw instanceof String text && text.strip().equalsIgnoreCase(AUTO_LANGUAGE)) {
      return AUTO_LANGUAGE;
    }
    findings.expected("'auto' or a language code of two or three letters such as 'en'", raw);
    return null;
  }

  private static Optional<String> languageCode(@Nullable Object raw) {
    String code = raw instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
    return LANGUAGE.matcher(code).matches()
        ? Optional.of(code)
        : Optional.ofNullable(WITH_SCRIPT.get(code));
  }

  /** Codes of languages, each once, in the order given. */
  static @Nullable Object languages(@Nullable Object raw, Findings findings) {
    Set<String> codes = new LinkedHashSet<>();
    List<?> items =
        list(raw, findings, "a list of language codes such as [en, vi]", MOST_LANGUAGES);
    for (int i = 0; i < items.size(); i++) {
      Optional<String> code = languageCode(items.get(i));
      if (code.isEmpty()) {
        findings.add(
            "[" + i + "]",
            "expected a language code of two or three letters such as 'en', found "
                + Findings.describe(items.get(i)));
      }
      code.ifPresent(codes::add);
    }
    return List.copyOf(codes);
  }

  static ParameterCheck text(int maxLength) {
    return (raw, findings) -> {
      boolean fits = raw instanceof String text && !text.isBlank() && text.length() <= maxLength;
      if (!fits) {
        findings.expected("a text of 1 to " + maxLength + " characters", raw);
      }
      return raw;
    };
  }

  static ParameterCheck texts(int maxItems, int maxLength) {
    return (raw, findings) -> {
      List<String> texts = new ArrayList<>();
      for (Object item : list(raw, findings, "a list of texts", maxItems)) {
        if (item instanceof String text && !text.isBlank() && text.length() <= maxLength) {
          texts.add(text);
        } else {
          findings.add(
              "[" + texts.size() + "]",
              "expected a text of 1 to "
                  + maxLength
                  + " characters, found "
                  + Findings.describe(item));
          return null;
        }
      }
      return texts;
    };
  }

  static ParameterCheck integer(int min, int max) {
    return (raw, findings) -> {
      boolean isWhole = raw instanceof Long || raw instanceof Integer;
      if (isWhole && raw instanceof Number number) {
        long value = number.longValue();
        if (value >= min && value <= max) {
          return (int) value;
        }
      }
      findings.expected("a whole number from " + min + " to " + max, raw);
      return null;
    };
  }

  /** A number from 0 to 1. */
  static @Nullable Object ratio(@Nullable Object raw, Findings findings) {
    if (raw instanceof Number number) {
      BigDecimal exact = new BigDecimal(number.toString());
      if (exact.signum() >= 0 && exact.compareTo(BigDecimal.ONE) <= 0) {
        return exact.doubleValue();
      }
    }
    findings.expected("a number from 0 to 1", raw);
    return null;
  }

  static <E extends Enum<E>> ParameterCheck oneOf(Class<E> type, Function<E, String> label) {
    return (raw, findings) -> constant(raw, "", findings, type, label).orElse(null);
  }

  /** A list of one or more words; repetition is harmless. */
  static <E extends Enum<E>> ParameterCheck someOf(Class<E> type, Function<E, String> label) {
    return (raw, findings) -> {
      Set<E> constants = constants(raw, findings, type, label);
      if (findings.isEmpty() && constants.isEmpty()) {
        findings.add("", "expected at least one of " + words(type, label) + ", found none");
      }
      return constants;
    };
  }

  /** A list of words, which may be empty; repetition is harmless. */
  static <E extends Enum<E>> ParameterCheck anyOf(Class<E> type, Function<E, String> label) {
    return (raw, findings) -> constants(raw, findings, type, label);
  }

  private static <E extends Enum<E>> Set<E> constants(
      @Nullable Object raw, Findings findings, Class<E> type, Function<E, String> label) {
    Set<E> constants = EnumSet.noneOf(type);
    List<?> items = list(raw, findings, "a list such as " + words(type, label), 100);
    for (int i = 0; i < items.size(); i++) {
      constant(items.get(i), "[" + i + "]", findings, type, label).ifPresent(constants::add);
    }
    return constants;
  }

  private static <E extends Enum<E>> Optional<E> constant(
      @Nullable Object raw,
      String place,
      Findings findings,
      Class<E> type,
      Function<E, String> label) {
    String word = raw instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
    Optional<E> constant =
        Arrays.stream(type.getEnumConstants()).filter(e -> label.apply(e).equals(word)).findFirst();
    if (constant.isEmpty()) {
      List<String> permitted = labels(type, label);
      findings.add(
          place,
          "expected one of "
              + words(type, label)
              + ", found "
              + Findings.describe(raw)
              + DidYouMean.suggestion(word, permitted));
    }
    return constant;
  }

  private static <E extends Enum<E>> List<String> labels(Class<E> type, Function<E, String> label) {
    return Arrays.stream(type.getEnumConstants()).map(label).toList();
  }

  private static <E extends Enum<E>> String words(Class<E> type, Function<E, String> label) {
    return labels(type, label).toString();
  }

  /** Any JSON object within limits; returned as it came. */
  static ParameterCheck object(int maxDepth, int maxValues) {
    return (raw, findings) -> {
      if (!(raw instanceof Map)) {
        findings.expected("an object with keys and values", raw);
      } else if (depth(raw) > maxDepth) {
        findings.add("", "expected at most " + maxDepth + " levels, found " + depth(raw));
      } else if (values(raw) > maxValues) {
        findings.add("", "expected at most " + maxValues + " values, found " + values(raw));
      }
      return raw;
    };
  }

  static @Nullable Object channels(@Nullable Object raw, Findings findings) {
    Optional<ChannelChoice> choice = ChannelChoice.of(raw);
    if (choice.isEmpty()) {
      findings.expected("auto, mix, left, right, each, or the number of a channel from 1", raw);
    }
    return choice.orElse(null);
  }

  static @Nullable Object tracks(@Nullable Object raw, Findings findings) {
    Optional<TrackChoice> choice = TrackChoice.of(raw);
    if (choice.isEmpty()) {
      findings.expected(
          "auto, all, the number of a track from 1, or a language code of two or three letters",
          raw);
    }
    return choice.orElse(null);
  }

  /** Names by the ids of speakers. */
  static @Nullable Object speakerNames(@Nullable Object raw, Findings findings) {
    Map<String, String> names = new TreeMap<>();
    if (!(raw instanceof Map<?, ?> map) || map.size() > MOST_NAMES) {
      findings.expected("an object such as {\"S1\": \"Anna\"}", raw);
      return names;
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String id = String.valueOf(entry.getKey());
      Object name = entry.getValue();
      if (!SPEAKER.matcher(id).matches()) {
        findings.add("." + id, "expected the id of a speaker such as S1 as key");
      } else if (name instanceof String text && !text.isBlank() && text.length() <= LONGEST_NAME) {
        names.put(id, text.strip());
      } else {
        findings.add(
            "." + id,
            "expected a name of 1 to "
                + LONGEST_NAME
                + " characters, found "
                + Findings.describe(name));
      }
    }
    return names;
  }

  private static int depth(@Nullable Object value) {
    boolean isContainer = value instanceof Map || value instanceof List;
    int below = children(value).stream().mapToInt(ParameterChecks::depth).max().orElse(0);
    return isContainer ? below + 1 : 0;
  }

  private static int values(@Nullable Object value) {
    return 1 + children(value).stream().mapToInt(ParameterChecks::values).sum();
  }

  private static List<?> children(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return new ArrayList<>(map.values());
    }
    return value instanceof List<?> list ? list : List.of();
  }

  private static List<?> list(
      @Nullable Object raw, Findings findings, String expectation, int maxItems) {
    if (raw instanceof List<?> list && list.size() <= maxItems) {
      return list;
    }
    if (raw instanceof List<?> list) {
      findings.add("", "expected at most " + maxItems + " items, found " + list.size());
    } else {
      findings.expected(expectation, raw);
    }
    return List.of();
  }
}
