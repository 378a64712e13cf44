package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands that ask something of the daemon. */
final class RequestCommands {

  private RequestCommands() {}

  /** Confirms a request without claiming that the task exists; the daemon checks. */
  private static String asked(String what) {
    return "Asked to " + what + "; 'maie-edge status' shows the outcome.";
  }

  /** Puts recordings in {@code failed/} back to work. */
  @Command(
      name = "retry",
      description = {
        "Puts recordings that failed back into the inbox, and removes their",
        "explanations. Moving a recording from failed/ to inbox/ by hand does the same."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  maie-edge retry talk.wav           by name",
        "  maie-edge retry minutes/talk.wav   by its path below failed/",
        "  maie-edge retry TASK_ID            by the id in talk.wav.error.json",
        "  maie-edge retry --all"
      })
  static final class Retry implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..*", paramLabel = "RECORDING", description = "Names or task ids.")
    private List<String> recordings = List.of();

    @Option(names = "--all", description = "Everything in failed/.")
    private boolean all;

    Retry(CommandContext context) {
      this.context = requireNonNull(context, "context is null");
    }

    @Override
    public Integer call() throws CommandException, IOException {
      if (all == !recordings.isEmpty()) {
        throw new CommandException(
            ExitCode.USAGE, "Expected recordings or --all, found both or neither", null);
      }
      if (all) {
        return context.leave(new Request.RetryAll(), asked("try everything in failed/ again"));
      }
      for (String recording : recordings) {
        context.leave(new Request.Retry(recording), asked("try '" + recording + "' again"));
      }
      return ExitCode.OK.number();
    }
  }

  /** Stops a task. */
  @Command(
      name = "cancel",
      description = "Stops a task; its recording goes to failed/ with the code CANCELLED.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  maie-edge cancel              the one that is running",
        "  maie-edge cancel talk.wav     by name or task id"
      })
  static final class Cancel implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(arity = "0..1", paramLabel = "TASK", description = "Task id or recording's name.")
    private @Nullable String task;

    Cancel(CommandContext context) {
      this.context = requireNonNull(context, "context is null");
    }

    @Override
    public Integer call() throws CommandException, IOException {
      String what = task == null ? "the running task" : "'" + task + "'";
      return context.leave(new Request.Cancel(task), asked("stop " + what));
    }
  }

  /** Stops claiming. */
  @Command(
      name = "pause",
      description = {
        "Claims nothing more until maie-edge resume, also after a restart.",
        "The running task continues; recordings may still be dropped into the inbox."
      })
  static final class Pause implements Callable<Integer> {
    private final CommandContext context;

    Pause(CommandContext context) {
      this.context = requireNonNull(context, "context is null");
    }

    @Override
    public Integer call() throws CommandException, IOException {
      return context.leave(new Request.Pause(), "Paused; continue with: maie-edge resume");
    }
  }

  /** Claims again. */
  @Command(name = "resume", description = "Ends maie-edge pause.")
  static final class Resume implements Callable<Integer> {
    private final CommandContext context;

    Resume(CommandContext context) {
      this.context = requireNonNull(context, "context is null");
    }

    @Override
    public Integer call() throws CommandException, IOException {
      return context.leave(new Request.Resume(), "Resumed.");
    }
  }
}
