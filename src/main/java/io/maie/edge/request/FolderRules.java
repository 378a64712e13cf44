package io.maie.edge.request;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Keys that a folder profile has besides those of a recording.
 *
 * @param sidecarRequired whether recordings wait for their sidecar, {@code sidecar: required}
 * @param companions the treatment of files beside recordings
 */
public record FolderRules(boolean sidecarRequired, Companions companions) {
  static final Keys KEYS = new Keys();

  static final Key<Boolean> SIDECAR =
      KEYS.open(
          "sidecar",
          Types.oneOf(List.of(false, true), required -> required ? "required" : "optional"),
          false,
          "Whether recordings wait for their sidecar.");
  static final Key<Companions> COMPANIONS =
      KEYS.open(
          "companions",
          Types.oneOf(List.of(Companions.values()), Companions::label),
          Companions.LEAVE,
          "What becomes of documents, captions and the like beside recordings.");

  /** The keys as they are written. */
  static final Map<String, Key<?>> BY_NAME =
      KEYS.all().stream().collect(Collectors.toUnmodifiableMap(Key::name, key -> key));

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
}
