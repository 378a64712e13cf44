package io.maie.edge.request;

import static java.util.Objects.requireNonNull;

import io.maie.edge.schema.Problem;
import io.maie.edge.schema.Values;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One sidecar, folder profile or command line: the parameters that it sets, each value checked on
 * its own, and its problems.
 */
public final class ParameterLayer {
  private final String name;
  private final Values values;
  private final List<Problem> problems;

  /** Takes ownership of {@code values}. */
  ParameterLayer(String name, Values values, List<Problem> problems) {
    this.name = requireNonNull(name, "name is null");
    this.values = requireNonNull(values, "values is null");
    this.problems = List.copyOf(problems);
  }

  /** A layer that says nothing. */
  public static ParameterLayer empty(String name) {
    return new ParameterLayer(name, new Values(), List.of());
  }

  /** The name of the document for people. */
  public String name() {
    return name;
  }

  /** Problems in the order of the document; empty if all is well. */
  public List<Problem> problems() {
    return problems;
  }

  /** The parameters that are set here. */
  public Set<Parameter<?>> parameters() {
    return Parameters.all().values().stream()
        .filter(parameter -> values.keys().contains(parameter.key()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Rules of a folder profile for its folder. */
  public FolderRules folderRules() {
    return new FolderRules(values.get(FolderRules.SIDECAR), values.get(FolderRules.COMPANIONS));
  }

  /**
   * The priority said here, or that of {@code weaker}; answers even if other keys are wrong, so
   * that a faulty sidecar is judged at its turn.
   */
  public int priorityOver(int weaker) {
    return values.getOr(Parameters.PRIORITY.key(), weaker);
  }

  /** {@code weaker} with every parameter that is set here replaced. */
  RecordingParameters over(RecordingParameters weaker) {
    return new RecordingParameters(
        pick(Parameters.FEATURES, weaker),
        pickNullable(Parameters.TEMPLATE_ID, weaker),
        pick(Parameters.ASR_BACKEND, weaker),
        pickNullable(Parameters.ASR_MODEL, weaker),
        pick(Parameters.LANGUAGE, weaker),
        pick(Parameters.LANGUAGES, weaker),
        pick(Parameters.CHANNELS, weaker),
        pick(Parameters.TRACKS, weaker),
        pick(Parameters.TRANSLATE, weaker),
        pickNullable(Parameters.INITIAL_PROMPT, weaker),
        pick(Parameters.VOCABULARY, weaker),
        pick(Parameters.ENABLE_VAD, weaker),
        pick(Parameters.VAD_THRESHOLD, weaker),
        pick(Parameters.ENABLE_DIARIZATION, weaker),
        pickNullable(Parameters.NUM_SPEAKERS, weaker),
        pickNullable(Parameters.MIN_SPEAKERS, weaker),
        pickNullable(Parameters.MAX_SPEAKERS, weaker),
        pick(Parameters.SPEAKER_SOURCE, weaker),
        pick(Parameters.SPEAKER_NAMES, weaker),
        pick(Parameters.CLEANING, weaker),
        pick(Parameters.SUBTITLE_SPEAKERS, weaker),
        withJson(pick(Parameters.OUTPUT_FORMATS, weaker)),
        pick(Parameters.ALLOW_DUPLICATE, weaker),
        pick(Parameters.PRIORITY, weaker),
        pick(Parameters.METADATA, weaker));
  }

  /** The JSON marks a result as complete, so it is always published. */
  private static Set<OutputFormat> withJson(Set<OutputFormat> formats) {
    EnumSet<OutputFormat> all = EnumSet.copyOf(formats);
    all.add(OutputFormat.JSON);
    return all;
  }

  private <T> T pick(Parameter<T> parameter, RecordingParameters weaker) {
    return values.getOr(parameter.key(), parameter.value().apply(weaker));
  }

  private <T> @Nullable T pickNullable(
      Parameter<Optional<T>> parameter, RecordingParameters weaker) {
    return pick(parameter, weaker).orElse(null);
  }
}
