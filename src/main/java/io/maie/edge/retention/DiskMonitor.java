package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.HangGuard;
import io.maie.edge.telemetry.DiskLevel;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Watches the disks of the folders. Space that became short counts as short until a tenth more than
 * required is free, so that claiming does not start and stop with every file. Not thread-safe.
 */
public final class DiskMonitor {
  /** The role of the folder that emergency rules of retention make room in. */
  public static final String ARCHIVE = "archive";

  private final Map<String, Path> folders;
  private final DiskRules rules;
  private final Probe probe;
  private final Map<String, DiskLevel> previous = new LinkedHashMap<>();

  /** Free and total bytes of the disk that a folder lies on. */
  public record Space(long freeBytes, long totalBytes) {}

  /** Asks the operating system. */
  @FunctionalInterface
  public interface Probe {
    Space space(Path folder) throws IOException;
  }

  /**
   * A monitor.
   *
   * @param folders the watched folders, by role
   */
  public DiskMonitor(Map<String, Path> folders, DiskRules rules, Probe probe) {
    this.folders = new LinkedHashMap<>(folders);
    this.rules = requireNonNull(rules, "rules is null");
    this.probe = requireNonNull(probe, "probe is null");
  }

  /** Asks the file stores of this machine. */
  public static Probe fileStores() {
    Map<Path, HangGuard> guards = new ConcurrentHashMap<>();
    return folder ->
        guards
            .computeIfAbsent(folder, HangGuard::new)
            .call(
                () -> {
                  FileStore store = Files.getFileStore(folder);
                  return new Space(store.getUsableSpace(), store.getTotalSpace());
                });
  }

  /** Looks at each folder; one that cannot be looked at is left to the folder checks. */
  public List<DiskState> look() {
    List<DiskState> states = new ArrayList<>();
    folders.forEach(
        (role, folder) -> {
          try {
            states.add(judge(role, probe.space(folder)));
          } catch (IOException e) {
            previous.remove(role);
          }
        });
    return states;
  }

  private DiskState judge(String role, Space space) {
    long required = rules.minFree(space.totalBytes());
    boolean wasShort = previous.get(role) == DiskLevel.SHORT;
    long limit = wasShort ? required + required / 10 : required;
    long usedBytes = space.totalBytes() - space.freeBytes();
    DiskLevel level = DiskLevel.FINE;
    if (space.freeBytes() < limit) {
      level = DiskLevel.SHORT;
    } else if (usedBytes > rules.warnFraction() * space.totalBytes()) {
      level = DiskLevel.FILLING;
    }
    previous.put(role, level);
    return new DiskState(role, space.freeBytes(), space.totalBytes(), required, level);
  }
}
