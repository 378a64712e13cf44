package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.DiskMonitor;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusFiles;
import java.util.List;
import java.util.function.Supplier;

/**
 * Parts that look after the installation.
 *
 * @param pulse a folder that does not answer stops claiming until it does
 * @param checks a failure of one stops claiming until it is put right
 * @param models the installed models for the status; answers quickly
 * @param recognizers the installed speech models, in words that change with them; quick
 */
public record UpkeepParts(
    Cleanup cleanup,
    DiskMonitor disks,
    FolderPulse pulse,
    List<Check> checks,
    StatusFiles status,
    Supplier<List<Status.Model>> models,
    Supplier<String> recognizers) {

  public UpkeepParts {
    requireNonNull(cleanup, "cleanup is null");
    requireNonNull(disks, "disks is null");
    requireNonNull(pulse, "pulse is null");
    checks = List.copyOf(checks);
    requireNonNull(status, "status is null");
    requireNonNull(models, "models is null");
    requireNonNull(recognizers, "recognizers is null");
  }
}
