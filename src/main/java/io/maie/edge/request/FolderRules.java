package io.maie.edge.request;

import static java.util.Objects.requireNonNull;

import io.maie.edge.schema.Findings;
import io.maie.edge.schema.InvalidValueException;
import io.maie.edge.schema.JsonSchema;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.ValueType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Keys that a folder profile has besides those of a recording.
 *
 * @param sidecarRequired whether recordings wait for their sidecar, {@code sidecar: required}
 * @param companions the treatment of files beside recordings
 */
public record FolderRules(boolean sidecarRequired, Companions companions) {
  private static final Keys KEYS = new Keys();

  static final Key<Boolean> SIDECAR =
      KEYS.open(
          "sidecar",
          exactly(List.of(false, true), required -> required ? "required" : "optional"),
          false,
          "Whether recordings wait for their sidecar.");
  static final Key<Companions> COMPANIONS =
      KEYS.open(
          "companions",
          exactly(List.of(Companions.values()), Companions::label),
          Companions.LEAVE,
          "What becomes of documents, captions and the like beside recordings.");

  /** The keys as they are written. */
  static final Map<String, Key<?>> BY_NAME =
      KEYS.all().stream().collect(Collectors.toUnmodifiableMap(Key::name, key -> key));

  public FolderRules {
    requireNonNull(companions, "companions is null");
  }

  /** Treatment of documents, captions, pictures and the like beside recordings. */
  public enum Companions {
    /** They stay where they are. */
    LEAVE,
    /** They follow their recording. */
    ARCHIVE_WITH,
    /** They fail as recordings without sound. */
    FAIL;

    /** The rule as it is written. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private static <T> ValueType<T> exactly(List<T> values, Function<T, String> word) {
    List<String> words = values.stream().map(word).toList();
    return new ValueType<>(
        String.join(", ", words),
        JsonSchema.words(words),
        (raw, findings) -> {
          if (raw instanceof String text && words.contains(text)) {
            return values.get(words.indexOf(text));
          }
          throw new InvalidValueException(
              "expected one of " + words + ", found " + Findings.describe(raw));
        },
        word);
  }
}
