package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.Check.Finding;
import io.maie.edge.telemetry.Check.Level;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything that must hold. */
@Command(
    name = "doctor",
    description = {
      "Checks locale, folders, permissions, ffmpeg, models, disk and clock, and says",
      "what to do.",
      "Run it as the user of the service: sudo -u maie-edge maie-edge doctor"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  maie-edge doctor",
      "  maie-edge doctor --deep     with a sample: real-time factor, memory"
    })
final class DoctorCommand implements Callable<Integer> {
  private final CommandContext context;

  @Option(names = "--deep", description = "Also run a sample through a temporary spool.")
  private boolean deep;

  DoctorCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws CommandException, IOException {
    DoctorDepth depth = deep ? DoctorDepth.DEEP : DoctorDepth.QUICK;
    List<Check> checks = context.program().checks(context.installation(), depth);
    int failures = 0;
    int warnings = 0;
    for (Check check : checks) {
      Finding finding = check.run();
      print(check, finding);
      failures += finding.level() == Level.FAILURE ? 1 : 0;
      warnings += finding.level() == Level.WARNING ? 1 : 0;
    }
    context
        .terminal()
        .print(
            "%s, %s, %s."
                .formatted(
                    Amounts.count(checks.size(), "check"),
                    Amounts.count(warnings, "warning"),
                    Amounts.count(failures, "failure")));
    return (failures == 0 ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private void print(Check check, Finding finding) {
    Terminal terminal = context.terminal();
    String mark =
        switch (finding.level()) {
          case OK -> "ok   ";
          case WARNING -> "WARN ";
          case FAILURE -> "FAIL ";
        };
    terminal.print("%s %-18s %s".formatted(mark, check.name(), finding.message()));
    finding.hint().ifPresent(hint -> terminal.print("%24s-> %s".formatted("", hint)));
  }
}
