package io.maie.edge.request;

import static java.util.stream.Collectors.joining;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.schema.Problem;
import java.util.ArrayList;
import java.util.List;

/** The outcome of laying parameters over each other: what to do, or everything that is wrong. */
public sealed interface ValidatedParameters {

  /**
   * Merges {@code layers} over {@code defaults} and checks what only the whole can tell.
   *
   * @param layers weakest first
   */
  static ValidatedParameters merge(RecordingParameters defaults, List<ParameterLayer> layers) {
    RecordingParameters merged = defaults;
    List<Problem> problems = new ArrayList<>();
    for (ParameterLayer layer : layers) {
      problems.addAll(layer.problems());
      merged = layer.over(merged);
    }
    if (problems.isEmpty()) {
      String where = layers.isEmpty() ? "settings" : layers.get(layers.size() - 1).name();
      problems.addAll(contradictions(merged, where));
    }
    return problems.isEmpty() ? new Valid(merged) : new Invalid(problems);
  }

  /** The parameters. */
  RecordingParameters orThrow() throws ProcessingException;

  /** Problems; empty if valid. */
  List<Problem> problems();

  /** All is well. */
  record Valid(RecordingParameters parameters) implements ValidatedParameters {

    @Override
    public RecordingParameters orThrow() {
      return parameters;
    }

    @Override
    public List<Problem> problems() {
      return List.of();
    }
  }

  /** At least one thing is wrong. */
  record Invalid(List<Problem> problems) implements ValidatedParameters {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("problems is empty");
      }
    }

    /**
     * Never returns.
     *
     * @throws ProcessingException {@code INVALID_PARAMETERS} with every problem in its message and
     *     the fields in its details
     */
    @Override
    public RecordingParameters orThrow() throws ProcessingException {
      String message = problems.stream().map(Problem::toString).collect(joining("; "));
      ProcessingException failure =
          new ProcessingException(
              FailureCode.INVALID_PARAMETERS,
              message,
              "Correct the sidecar (.job.json) or the folder profile (_folder.yaml), then put the"
                  + " recording into the inbox again");
      for (int i = 0; i < problems.size(); i++) {
        failure.withDetail("problem_" + (i + 1), problems.get(i));
      }
      throw failure.withDetail("fields", fields());
    }

    private String fields() {
      return problems.stream()
          .map(Problem::field)
          .filter(field -> !field.isEmpty())
          .distinct()
          .collect(joining(", "));
    }
  }

  private static List<Problem> contradictions(RecordingParameters merged, String where) {
    List<Problem> problems = new ArrayList<>();
    if (merged.features().contains(Feature.SUMMARY) && merged.templateId() == null) {
      problems.add(
          new Problem(where, "template_id", "expected a template, because features holds summary"));
    }
    if (merged.outputFormats().contains(OutputFormat.RTTM) && !merged.enableDiarization()) {
      problems.add(
          new Problem(
              where,
              "enable_diarization",
              "expected true, because output_formats holds rttm, which lists who spoke when"));
    }
    Integer min = merged.minSpeakers();
    Integer max = merged.maxSpeakers();
    Integer exact = merged.numSpeakers();
    if (min != null && max != null && min > max) {
      problems.add(
          new Problem(
              where, "min_speakers", "expected at most max_speakers " + max + ", found " + min));
    }
    if (exact != null && ((min != null && exact < min) || (max != null && exact > max))) {
      problems.add(
          new Problem(
              where,
              "num_speakers",
              "expected a number within min_speakers and max_speakers, found " + exact));
    }
    return problems;
  }
}
