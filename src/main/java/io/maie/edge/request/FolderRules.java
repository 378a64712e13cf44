package io.maie.edge.request;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Keys that a folder profile has besides those of a recording.
 *
 * @param sidecarRequired whether recordings wait for their sidecar, {@code sidecar: required}
 * @param companions the treatment of files beside recordings
 */
public record FolderRules(boolean sidecarRequired, Companions companions) {
  /** The rules of a folder that sets none. */
  public static final FolderRules DEFAULTS = new FolderRules(false, Companions.LEAVE);

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
}
