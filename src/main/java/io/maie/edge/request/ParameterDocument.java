package io.maie.edge.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.maie.edge.durable.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parameters in the form in which sidecars write them and results echo them. */
public final class ParameterDocument {
  private static final ObjectMapper CANONICAL =
      new ObjectMapper(new JsonFactory())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  /** Keys that do not influence the results. */
  private static final List<ParameterKey> UNHEARD =
      List.of(
          ParameterKey.PRIORITY,
          ParameterKey.METADATA,
          ParameterKey.OUTPUT_FORMATS,
          ParameterKey.ALLOW_DUPLICATE);

  private ParameterDocument() {}

  /** JSON values by key, in documented order; keys without a value are absent. */
  public static Map<String, Object> of(RecordingParameters parameters) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (ParameterKey key : ParameterKey.values()) {
      @Nullable Object value = value(key, parameters);
      if (value != null) {
        document.put(key.label(), value);
      }
    }
    return Collections.unmodifiableMap(document);
  }

  /**
   * The SHA-256, 64 lower-case hexadecimal digits, of everything that can change the results. The
   * order of processing ({@code priority}), what is only echoed ({@code metadata}), the forms that
   * are published ({@code output_formats}) and {@code allow_duplicate} cannot.
   */
  public static String fingerprint(RecordingParameters parameters) {
    Map<String, Object> document = new LinkedHashMap<>(of(parameters));
    for (ParameterKey key : UNHEARD) {
      document.remove(key.label());
    }
    try {
      byte[] canonical = CANONICAL.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
      return Sha256.of(canonical);
    } catch (IOException e) {
      throw new UncheckedIOException("plain values could not be written", e);
    }
  }

  private static @Nullable Object value(ParameterKey key, RecordingParameters parameters) {
    return switch (key) {
      case FEATURES -> labels(parameters.features(), Feature::label);
      case TEMPLATE_ID -> parameters.templateId();
      case ASR_BACKEND -> parameters.asrBackend().label();
      case ASR_MODEL -> parameters.asrModel();
      case LANGUAGE -> parameters.language();
      case LANGUAGES -> parameters.languages().isEmpty() ? null : parameters.languages();
      case CHANNELS ->
          parameters.channels().equals(ChannelChoice.AUTO) ? null : parameters.channels().value();
      case TRACKS ->
          parameters.tracks().equals(TrackChoice.AUTO) ? null : parameters.tracks().value();
      case TRANSLATE -> parameters.translate();
      case INITIAL_PROMPT -> parameters.initialPrompt();
      case VOCABULARY -> parameters.vocabulary().isEmpty() ? null : parameters.vocabulary();
      case ENABLE_VAD -> parameters.enableVad();
      case VAD_THRESHOLD -> BigDecimal.valueOf(parameters.vadThreshold());
      case ENABLE_DIARIZATION -> parameters.enableDiarization();
      case NUM_SPEAKERS -> parameters.numSpeakers();
      case MIN_SPEAKERS -> parameters.minSpeakers();
      case MAX_SPEAKERS -> parameters.maxSpeakers();
      case SPEAKER_SOURCE ->
          parameters.speakerSource() == SpeakerSource.AUTO
              ? null
              : parameters.speakerSource().label();
      case SPEAKER_NAMES -> parameters.speakerNames().isEmpty() ? null : parameters.speakerNames();
      case CLEANING ->
          parameters.cleaning().isEmpty() ? null : labels(parameters.cleaning(), Cleaning::label);
      case SUBTITLE_SPEAKERS -> parameters.subtitleSpeakers() ? true : null;
      case OUTPUT_FORMATS -> labels(parameters.outputFormats(), OutputFormat::label);
      case ALLOW_DUPLICATE -> parameters.allowDuplicate() ? true : null;
      case PRIORITY -> parameters.priority();
      case METADATA -> parameters.metadata().isEmpty() ? null : parameters.metadata();
    };
  }

  private static <E> List<String> labels(Iterable<E> constants, Function<E, String> label) {
    List<String> labels = new ArrayList<>();
    constants.forEach(constant -> labels.add(label.apply(constant)));
    return List.copyOf(labels);
  }
}
