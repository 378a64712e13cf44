package io.maie.edge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: finds the command, runs it, and turns failures into exit codes. */
public final class MaieEdge {
  private static final String MODELS = "models";
  private static final String COMPLETION = "completion";

  private final Program program;
  private final Terminal terminal;
  private final Ticker ticker;

  public MaieEdge(Program program, Terminal terminal, Ticker ticker) {
    this.program = requireNonNull(program, "program is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /** Runs the command that {@code arguments} name and returns the exit code of the process. */
  public int run(String... arguments) {
    try {
      Optional<ExitCode> quick = new QuickCommands(program, terminal).run(List.of(arguments));
      if (quick.isPresent()) {
        return quick.get().number();
      }
    } catch (CommandException | IOException e) {
      return explain(e);
    }
    return commandLine(List.of(arguments)).execute(arguments);
  }

  /**
   * The command line with the commands that {@code arguments} mention, or all of them: describing
   * one command takes picocli a few milliseconds, and {@code status} is asked often.
   */
  CommandLine commandLine(List<String> arguments) {
    RootCommand rootCommand = new RootCommand(program, terminal);
    CommandContext context = new CommandContext(program, terminal, ticker, rootCommand.options());
    CommandLine root = new CommandLine(rootCommand);
    Map<String, Function<CommandContext, Object>> commands = commands();
    boolean needsAll =
        arguments.contains(COMPLETION) || arguments.stream().noneMatch(commands::containsKey);
    commands.forEach(
        (name, command) -> {
          if (needsAll || arguments.contains(name)) {
            root.addSubcommand(command.apply(context));
          }
        });
    CommandLine models = root.getSubcommands().get(MODELS);
    if (models != null) {
      models.addSubcommand(new EvaluateCommand(context));
    }
    return configured(root);
  }

  private static Map<String, Function<CommandContext, Object>> commands() {
    Map<String, Function<CommandContext, Object>> commands = new LinkedHashMap<>();
    commands.put("run", RunCommand::new);
    commands.put("process", ProcessCommand::new);
    commands.put("demo", DemoCommand::new);
    commands.put("status", StatusCommands.StatusCommand::new);
    commands.put("health", StatusCommands.HealthCommand::new);
    commands.put("retry", RequestCommands.Retry::new);
    commands.put("cancel", RequestCommands.Cancel::new);
    commands.put("pause", RequestCommands.Pause::new);
    commands.put("resume", RequestCommands.Resume::new);
    commands.put("reprocess", ReprocessCommand::new);
    commands.put("cleanup", CleanupCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put(MODELS, ModelsCommand::new);
    commands.put("templates", TemplatesCommand::new);
    commands.put("speakers", SpeakersCommand::new);
    commands.put("doctor", DoctorCommand::new);
    commands.put(COMPLETION, CompletionCommand::new);
    return commands;
  }

  private CommandLine configured(CommandLine root) {
    return root.setOut(new PrintWriter(terminal.out(), true, UTF_8))
        .setErr(new PrintWriter(terminal.err(), true, UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(terminal.interactive())
        .setParameterExceptionHandler(this::explainUsage)
        .setExecutionExceptionHandler((e, command, parsed) -> explain(e));
  }

  private int explainUsage(ParameterException e, String[] arguments) {
    terminal.complain("maie-edge: " + e.getMessage());
    CommandLine command = e.getCommandLine();
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    terminal.complain("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  private int explain(Exception e) {
    if (e instanceof CommandException failure) {
      terminal.complain("maie-edge: " + failure.getMessage());
      failure.hint().ifPresent(hint -> terminal.complain("  " + hint));
      return failure.exitCode().number();
    }
    if (e instanceof ProcessingException failure) {
      terminal.complain("maie-edge: " + failure.code() + ": " + failure.getMessage());
      return ExitCode.FAILED.number();
    }
    if (e instanceof FileSystemException failure) {
      terminal.complain("maie-edge: " + StorageFailure.explain(failure));
      return ExitCode.IO.number();
    }
    if (e instanceof IOException) {
      terminal.complain("maie-edge: " + e);
      return ExitCode.IO.number();
    }
    // a defect of the program: its report needs the trace
    LoggerFactory.getLogger(MaieEdge.class).error("The command failed", e);
    return ExitCode.INTERNAL.number();
  }
}
