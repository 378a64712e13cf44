package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code status} and {@code health} without picocli, whose classes are too old to be shared
 * between starts on Java 17 and take longer to load than everything else together. Monitors ask
 * these often, on slow machines. Whatever is not understood at once is left to picocli.
 */
final class QuickCommands {
  private final Program program;
  private final Terminal terminal;

  QuickCommands(Program program, Terminal terminal) {
    this.program = requireNonNull(program, "program is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
  }

  /** Runs the command, if it is one of these in a plain form. */
  Optional<ExitCode> run(List<String> arguments) throws CommandException, IOException {
    Words words = new Words();
    Deque<String> rest = new ArrayDeque<>(arguments);
    while (!rest.isEmpty()) {
      if (!words.take(rest.remove(), rest)) {
        return Optional.empty();
      }
    }
    boolean isStatus = "status".equals(words.command);
    boolean isHealth = "health".equals(words.command) && !words.json;
    if (!isStatus && !isHealth) {
      return Optional.empty();
    }
    InstallationChoice where = new InstallationChoice(words.home, words.config, words.profile);
    StatusReport report = new StatusReport(terminal, program.status(where));
    if (isHealth) {
      return Optional.of(report.health());
    }
    return Optional.of(words.json ? report.json() : report.text());
  }

  /** Arguments of the command line. */
  private static final class Words {
    private @Nullable String command;
    private @Nullable Path home;
    private @Nullable Path config;
    private @Nullable String profile;
    private boolean json;

    /** Returns whether {@code word}, with its value from {@code rest}, is understood. */
    boolean take(String word, Deque<String> rest) {
      if (word.equals("--json") && !json) {
        json = true;
        return true;
      }
      if (!word.startsWith("-")) {
        boolean isFirst = command == null;
        command = word;
        return isFirst;
      }
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? rest.poll() : word.substring(equals + 1);
      return value != null && takeOption(name, value);
    }

    private boolean takeOption(String name, String value) {
      switch (name) {
        case "--home" -> home = Path.of(value);
        case "--config" -> config = Path.of(value);
        case "--profile" -> profile = value;
        default -> {
          return false;
        }
      }
      return true;
    }
  }
}
