package io.maie.edge.request;

import static io.maie.edge.request.RecordingParameters.AUTO_LANGUAGE;
import static io.maie.edge.schema.InvalidValueException.expected;

import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.Types;
import io.maie.edge.schema.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that only {@link Parameters} have; {@link ObjectTypes} has the objects. */
final class ParameterTypes {
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

  /** Languages with a script, by their codes in lower case. */
  private static final Map<String, String> WITH_SCRIPT =
      Map.of("zh-hans", "zh-Hans", "zh-hant", "zh-Hant");

  private static final String CODES = "[a-z]{2,3}|zh-Hans|zh-Hant";
  private static final int MOST_LANGUAGES = 100;

  /** The number of a channel or a track as a text, and the highest of them. */
  private static final String NUMBER = "[1-9][0-9]{0,3}";

  private static final int MOST_NUMBER = 9999;

  private ParameterTypes() {}

  static ValueType<String> language() {
    return new ValueType<>(
        "language code or auto",
        JsonSchema.text("auto|" + CODES),
        (raw, findings) -> {
          if (raw instanceof String text && text.strip().equalsIgnoreCase(AUTO_LANGUAGE)) {
            return AUTO_LANGUAGE;
          }
          return code(raw)
              .orElseThrow(
                  () ->
                      expected(
                          "'auto' or a language code of two or three letters such as 'en'", raw));
        },
        code -> code);
  }

  /** Codes of languages, each once, in the order given. */
  static ValueType<List<String>> languages() {
    ValueType<String> language =
        new ValueType<>(
            "language code",
            JsonSchema.text(CODES),
            (raw, findings) ->
                code(raw)
                    .orElseThrow(
                        () ->
                            expected("a language code of two or three letters such as 'en'", raw)),
            code -> code);
    return Types.list("list of language codes", language, MOST_LANGUAGES)
        .as(codes -> codes.stream().distinct().toList(), codes -> codes);
  }

  private static Optional<String> code(@Nullable Object raw) {
    String code = raw instanceof String text ? text.strip().toLowerCase(Locale.ROOT) : "";
    return LANGUAGE.matcher(code).matches()
        ? Optional.of(code)
        : Optional.ofNullable(WITH_SCRIPT.get(code));
  }

  static ValueType<ChannelChoice> channels() {
    return new ValueType<>(
        "word or number",
        JsonSchema.oneOf(
            List.of(
                JsonSchema.words(ChannelChoice.WORDS),
                JsonSchema.text(NUMBER),
                JsonSchema.integer(1, MOST_NUMBER))),
        (raw, findings) ->
            ChannelChoice.of(raw)
                .orElseThrow(
                    () ->
                        expected(
                            "auto, mix, left, right, each, or the number of a channel from 1",
                            raw)),
        ChannelChoice::value);
  }

  static ValueType<TrackChoice> tracks() {
    return new ValueType<>(
        "word, number or language code",
        JsonSchema.oneOf(
            List.of(
                JsonSchema.text("auto|[a-z]{2,3}|" + NUMBER), JsonSchema.integer(1, MOST_NUMBER))),
        (raw, findings) ->
            TrackChoice.of(raw)
                .orElseThrow(
                    () ->
                        expected(
                            "auto, all, the number of a track from 1, or a language code of two or"
                                + " three letters",
                            raw)),
        TrackChoice::value);
  }
}
