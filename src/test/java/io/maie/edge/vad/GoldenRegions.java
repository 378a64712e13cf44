package io.maie.edge.vad;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.audio.SpeechRegion;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Reads the frozen values of the original {@code get_speech_timestamps}. */
public final class GoldenRegions {
  private GoldenRegions() {}

  /** A document under {@code src/test/resources}. */
  public static JsonNode read(String resource) throws IOException {
    try (InputStream in = GoldenRegions.class.getResourceAsStream(resource)) {
      return new JsonMapper().readTree(requireNonNull(in, resource));
    }
  }

  /** Rules from an entry of {@code options}. */
  public static SpeechRegionRules rules(JsonNode options) {
    JsonNode negative = options.path("negative_threshold");
    return new SpeechRegionRules(
        options.path("threshold").asDouble(),
        negative.isNumber() ? OptionalDouble.of(negative.asDouble()) : OptionalDouble.empty(),
        millis(options, "min_speech_ms"),
        millis(options, "min_silence_ms"),
        longest(options.path("max_speech_s")),
        millis(options, "min_silence_at_max_speech_ms"),
        millis(options, "pad_ms"));
  }

  /** Pairs of first sample and end. */
  public static List<List<Long>> pairs(JsonNode regions) {
    List<List<Long>> pairs = new ArrayList<>();
    regions.forEach(region -> pairs.add(List.of(region.get(0).asLong(), region.get(1).asLong())));
    return pairs;
  }

  public static List<List<Long>> pairs(List<SpeechRegion> regions) {
    return regions.stream()
        .map(region -> List.of(region.span().start(), region.span().end()))
        .toList();
  }

  private static Duration millis(JsonNode options, String key) {
    return Duration.ofMillis(options.path(key).asLong());
  }

  private static @Nullable Duration longest(JsonNode seconds) {
    return seconds.isNumber() ? Duration.ofMillis(Math.round(seconds.asDouble() * 1_000)) : null;
  }
}
