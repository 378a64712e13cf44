package io.maie.edge.task;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.Feature;
import io.maie.edge.request.Parameter;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.Parameters;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Merges the parameters for stages that are repeated on an earlier result. */
final class RepeatedParameters {
  private RepeatedParameters() {}

  /**
   * The parameters of texts that are made again. Naming a template asks for a summary; names of
   * speakers add up.
   */
  static RecordingParameters ofText(ParameterLayer sidecar, Reprocessing.Order order)
      throws ProcessingException {
    RecordingParameters earlier = merged(List.of(sidecar));
    Map<String, Object> more = new HashMap<>();
    Map<String, String> names = new TreeMap<>(earlier.speakerNames());
    names.putAll(order.speakerNames());
    more.put("speaker_names", names);
    Set<Parameter<?>> typed = order.parameters().parameters();
    if (typed.contains(Parameters.TEMPLATE_ID) && !typed.contains(Parameters.FEATURES)) {
      Set<Feature> features = EnumSet.of(Feature.SUMMARY);
      features.addAll(earlier.features());
      more.put("features", features.stream().map(Feature::label).toList());
    }
    ParameterLayer added = ParameterReader.check(order.parameters().name(), more, key -> key);
    return merged(List.of(sidecar, order.parameters(), added));
  }

  /**
   * The parameters for telling speakers apart again. Typed values win; names add up.
   *
   * @param layers the earlier result first
   */
  static RecordingParameters ofSpeakers(
      List<ParameterLayer> layers, boolean canHear, Reprocessing.Order order)
      throws ProcessingException {
    RecordingParameters earlier = merged(layers.subList(0, 1));
    Map<String, String> names = new TreeMap<>(earlier.speakerNames());
    names.putAll(merged(layers).speakerNames());
    names.putAll(order.speakerNames());
    List<ParameterLayer> all = new ArrayList<>(layers);
    all.add(order.parameters());
    all.add(
        ParameterReader.check(
            order.parameters().name(),
            Map.of("speaker_names", names, "enable_diarization", true),
            key -> key));
    RecordingParameters parameters = merged(all);
    if (!canHear && !isSameCount(earlier, parameters)) {
      throw recordingMissing();
    }
    return parameters;
  }

  private static RecordingParameters merged(List<ParameterLayer> layers)
      throws ProcessingException {
    return ValidatedParameters.merge(RecordingParameters.DEFAULTS, layers).orThrow();
  }

  private static boolean isSameCount(RecordingParameters one, RecordingParameters other) {
    return Objects.equals(one.numSpeakers(), other.numSpeakers())
        && Objects.equals(one.minSpeakers(), other.minSpeakers())
        && Objects.equals(one.maxSpeakers(), other.maxSpeakers());
  }

  /** The recording is needed, and not at hand. */
  static ProcessingException recordingMissing() {
    return new ProcessingException(
        FailureCode.FILE_SYSTEM_ERROR,
        "The recording is needed to tell speakers apart, and it is not in the archive any more",
        "Name it with --recording FILE");
  }
}
