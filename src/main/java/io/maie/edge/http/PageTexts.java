package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The texts of the page in one language.
 *
 * @param language its code
 */
record PageTexts(String language, Map<String, String> texts) {
  private static final List<String> LANGUAGES = List.of("en", "vi");
  private static final Map<String, PageTexts> ALL = Map.of("en", read("en"), "vi", read("vi"));

  PageTexts {
    texts = Map.copyOf(texts);
  }

  /**
   * The texts in the first language that a browser prefers and the page has, else in English.
   *
   * @param accepted the header {@code Accept-Language}
   */
  static PageTexts of(String accepted) {
    String language =
        Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .flatMap(wish -> LANGUAGES.stream().filter(wish::startsWith))
            .findFirst()
            .orElse("en");
    return requireNonNull(ALL.get(language), "every language has texts");
  }

  static PageTexts english() {
    return of("en");
  }

  private static PageTexts read(String language) {
    try (InputStream json = PageTexts.class.getResourceAsStream("page/" + language + ".json")) {
      return new PageTexts(language, Answers.MAPPER.readValue(json, new TypeReference<>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("the program holds no texts of the page", e);
    }
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  /** The text of {@code key}, with {@code values}, names and values in turn, in their places. */
  String get(String key, String... values) {
    String text = texts.getOrDefault(key, key);
    for (int i = 0; i < values.length; i += 2) {
      text = text.replace("{" + values[i] + "}", values[i + 1]);
    }
    return text;
  }
}
