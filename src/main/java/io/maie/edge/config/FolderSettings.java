package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Folders of the installation; all paths are absolute.
 *
 * @param onDisks the roles of folders, such as {@code inbox}, that must lie on a disk of their own
 */
public record FolderSettings(
    Path home,
    Path inbox,
    Path outbox,
    Path failed,
    Path archive,
    Path work,
    Path state,
    Path models,
    Set<String> onDisks) {

  public FolderSettings {
    requireNonNull(home, "home is null");
    requireNonNull(inbox, "inbox is null");
    requireNonNull(outbox, "outbox is null");
    requireNonNull(failed, "failed is null");
    requireNonNull(archive, "archive is null");
    requireNonNull(work, "work is null");
    requireNonNull(state, "state is null");
    requireNonNull(models, "models is null");
    onDisks = Set.copyOf(onDisks);
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
        under(modelsBase, values.get(ModelKeys.MODELS_PATH)),
        ArrivalKeys.MOUNTS.entrySet().stream()
            .filter(mount -> values.get(mount.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet()));
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
