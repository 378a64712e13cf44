package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.CleanupPlan;
import io.maie.edge.retention.CleanupReport;
import io.maie.edge.retention.Deletion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes what retention lets go. */
@Command(
    name = "cleanup",
    description = {
      "Deletes files beyond the ages and sizes in the settings, as the daemon does.",
      "Results are only deleted if the settings say so."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge cleanup --dry-run     list what would be deleted, and why",
      "  maie-edge cleanup"
    })
final class CleanupCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--dry-run", description = "Delete nothing; list exactly what would go.")
  private boolean dryRun;

  CleanupCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    Cleanup cleanup = context.program().cleanup(context.installation());
    CleanupPlan plan = cleanup.plan();
    if (plan.refusal().isPresent()) {
      throw new CommandException(ExitCode.TRY_AGAIN, plan.refusal().get(), null);
    }
    for (Deletion deletion : plan.deletions()) {
      context
          .terminal()
          .print(
              "%9s  %s  (%s)"
                  .formatted(
                      Amounts.bytes(deletion.item().bytes()),
                      deletion.item().path(),
                      deletion.explanation()));
    }
    return dryRun ? announce(plan) : carryOut(cleanup, plan);
  }

  private int announce(CleanupPlan plan) {
    context
        .terminal()
        .print(
            "%d would be deleted, %s. Nothing was deleted."
                .formatted(plan.deletions().size(), Amounts.bytes(plan.bytes())));
    return ExitCode.OK.number();
  }

  private int carryOut(Cleanup cleanup, CleanupPlan plan) {
    CleanupReport report = cleanup.execute(plan);
    context
        .terminal()
        .print("%d deleted, %s.".formatted(report.deleted(), Amounts.bytes(report.bytes())));
    for (Path kept : report.kept()) {
      context.terminal().complain("kept, because it changed or could not be deleted: " + kept);
    }
    return (report.kept().isEmpty() ? ExitCode.OK : ExitCode.FAILED).number();
  }
}
