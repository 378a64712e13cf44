package io.maie.edge.request;

import static java.util.Objects.requireNonNull;

import io.maie.edge.schema.Problem;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar, folder profile or command line: the keys that it sets, each value checked on its
 * own, and its problems.
 */
public final class ParameterLayer {
  private final String name;
  private final Map<ParameterKey, @Nullable Object> values;
  private final List<Problem> problems;
  private final FolderRules folderRules;

  ParameterLayer(
      String name,
      Map<ParameterKey, @Nullable Object> values,
      List<Problem> problems,
      FolderRules folderRules) {
    this.name = requireNonNull(name, "name is null");
    EnumMap<ParameterKey, @Nullable Object> copy = new EnumMap<>(ParameterKey.class);
    copy.putAll(values);
    this.values = Collections.unmodifiableMap(copy);
    this.problems = List.copyOf(problems);
    this.folderRules = requireNonNull(folderRules, "folderRules is null");
  }

  /** A layer that says nothing. */
  public static ParameterLayer empty(String name) {
    return new ParameterLayer(name, Map.of(), List.of(), FolderRules.DEFAULTS);
  }

  /** The name of the document for people. */
  public String name() {
    return name;
  }

  /** Problems in the order of the document; empty if all is well. */
  public List<Problem> problems() {
    return problems;
  }

  /** The keys that are set here. */
  public Set<ParameterKey> keys() {
    return values.keySet();
  }

  /** Rules of a folder profile for its folder. */
  public FolderRules folderRules() {
    return folderRules;
  }

  /**
   * The priority said here, or that of {@code weaker}; answers even if other keys are wrong, so
   * that a faulty sidecar is judged at its turn.
   */
  public int priorityOver(int weaker) {
    return values.get(ParameterKey.PRIORITY) instanceof Integer priority ? priority : weaker;
  }

  /** {@code weaker} with every key that is set here replaced. */
  RecordingParameters over(RecordingParameters weaker) {
    return new ParameterOverlay(values).over(weaker);
  }
}
