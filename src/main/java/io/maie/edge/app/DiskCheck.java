package io.maie.edge.app;

import io.maie.edge.retention.DiskMonitor;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.retention.DiskState;
import io.maie.edge.telemetry.Check;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Checks that the disk has room to work. */
final class DiskCheck implements Check {
  private final DiskRules rules;
  private final Path work;

  DiskCheck(DiskRules rules, Path work) {
    this.rules = rules;
    this.work = work;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Finding run() {
    List<DiskState> disks =
        new DiskMonitor(Map.of("work", work), rules, DiskMonitor.fileStores()).look();
    return disks.isEmpty()
        ? Finding.warning("The free space is unknown: " + work, "Look at the folder 'work' first")
        : finding(disks.get(0));
  }

  private static Finding finding(DiskState state) {
    String message = "%,d MB free".formatted(state.freeBytes() / 1_000_000);
    return switch (state.level()) {
      case FINE -> Finding.ok(message);
      case FILLING ->
          Finding.warning(message, "Free some space; 'maie-edge cleanup' deletes old files");
      case SHORT ->
          Finding.failure(
              message, "Nothing is claimed until there is more; free some space on this disk");
    };
  }
}
