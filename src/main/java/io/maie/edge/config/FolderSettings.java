package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/** Where everything lies; all paths are absolute. */
public record FolderSettings(
    Path home,
    Path inbox,
    Path outbox,
    Path failed,
    Path archive,
    Path work,
    Path state,
    Path models) {

  public FolderSettings {
    requireNonNull(home, "home is null");
    requireNonNull(inbox, "inbox is null");
    requireNonNull(outbox, "outbox is null");
    requireNonNull(failed, "failed is null");
    requireNonNull(archive, "archive is null");
    requireNonNull(work, "work is null");
    requireNonNull(state, "state is null");
    requireNonNull(models, "models is null");
  }

  static FolderSettings of(SettingValues values, Path home, Path installation) {
    boolean modelsAreSet =
        values.origin(ModelKeys.MODELS_PATH.name()).layer() != Origin.Layer.DEFAULT;
    Path modelsBase = modelsAreSet ? home : installation.toAbsolutePath().normalize();
    return new FolderSettings(
        home,
        under(home, values.get(ArrivalKeys.INBOX_PATH)),
        under(home, values.get(ArrivalKeys.OUTBOX_PATH)),
        under(home, values.get(ArrivalKeys.FAILED_PATH)),
        under(home, values.get(ArrivalKeys.ARCHIVE_PATH)),
        under(home, values.get(ArrivalKeys.WORK_PATH)),
        under(home, values.get(ArrivalKeys.STATE_PATH)),
        under(modelsBase, values.get(ModelKeys.MODELS_PATH)));
  }

  /**
   * Returns whether a start makes {@code folder} if it is missing. A folder that a setting puts
   * outside of the home may lie on a disk that is yet to be mounted; only the state is needed at
   * once, for its lock.
   */
  public boolean isMadeByAStart(Path folder) {
    return folder.startsWith(home) || folder.equals(state);
  }

  private static Path under(Path base, Path path) {
    return base.resolve(path).normalize();
  }
}
