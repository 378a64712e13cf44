package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parameters of a recording that were typed as options; checked by the validator of sidecars. */
final class TypedParameters {
  private static final String SOURCE = "command line";

  private final String command;
  private final Map<String, String> flags;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * None so far.
   *
   * @param command whose help lists the options
   * @param flags by keys of sidecars, the options that have other names
   */
  TypedParameters(String command, Map<String, String> flags) {
    this.command = requireNonNull(command, "command is null");
    this.flags = Map.copyOf(flags);
  }

  /**
   * Adds one.
   *
   * @param value null if it was not typed
   */
  TypedParameters with(String key, @Nullable Object value) {
    if (value != null) {
      values.put(key, value);
    }
    return this;
  }

  /**
   * All of them.
   *
   * @throws CommandException naming every value that is wrong
   */
  ParameterLayer checked() throws CommandException {
    ParameterLayer layer = ParameterReader.check(SOURCE, values, this::flag);
    if (!layer.problems().isEmpty()) {
      String problems =
          layer.problems().stream()
              .map(problem -> problem.where() + ": " + problem.sentence())
              .collect(Collectors.joining("\n"));
      throw new CommandException(
          ExitCode.USAGE, problems, "maie-edge " + command + " --help lists the options");
    }
    return layer;
  }

  /** The name that this command has for a key of sidecars; a place within a value is dropped. */
  private String flag(String field) {
    String key = field.replaceFirst("[\\[.].*", "");
    return flags.getOrDefault(key, "--" + key.replace('_', '-'));
  }
}
