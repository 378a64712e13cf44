package io.maie.edge.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.maie.edge.durable.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters in the form in which sidecars write them and results echo them. */
public final class ParameterDocument {
  private static final ObjectMapper CANONICAL =
      new ObjectMapper(new JsonFactory())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

  /** Parameters that documents leave out where they have their defaults. */
  private static final Set<Parameter<?>> LEFT_OUT =
      Set.of(
          Parameters.TEMPLATE_ID,
          Parameters.ASR_MODEL,
          Parameters.LANGUAGES,
          Parameters.CHANNELS,
          Parameters.TRACKS,
          Parameters.INITIAL_PROMPT,
          Parameters.VOCABULARY,
          Parameters.NUM_SPEAKERS,
          Parameters.MIN_SPEAKERS,
          Parameters.MAX_SPEAKERS,
          Parameters.SPEAKER_SOURCE,
          Parameters.SPEAKER_NAMES,
          Parameters.CLEANING,
          Parameters.SUBTITLE_SPEAKERS,
          Parameters.ALLOW_DUPLICATE,
          Parameters.METADATA);

  /** Parameters that do not influence the results. */
  private static final List<Parameter<?>> UNHEARD =
      List.of(
          Parameters.PRIORITY,
          Parameters.METADATA,
          Parameters.OUTPUT_FORMATS,
          Parameters.ALLOW_DUPLICATE);

  private ParameterDocument() {}

  /** JSON values by key, in documented order; keys without a value are absent. */
  public static Map<String, Object> of(RecordingParameters parameters) {
    Map<String, Object> document = new LinkedHashMap<>();
    for (Parameter<?> parameter : Parameters.all().values()) {
      @Nullable Object value = parameter.written(parameters);
      if (value != null && !(LEFT_OUT.contains(parameter) && parameter.isDefault(parameters))) {
        document.put(parameter.label(), value);
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
    for (Parameter<?> parameter : UNHEARD) {
      document.remove(parameter.label());
    }
    try {
      byte[] canonical = CANONICAL.writeValueAsString(document).getBytes(StandardCharsets.UTF_8);
      return Sha256.of(canonical);
    } catch (IOException e) {
      throw new UncheckedIOException("plain values could not be written", e);
    }
  }
}
