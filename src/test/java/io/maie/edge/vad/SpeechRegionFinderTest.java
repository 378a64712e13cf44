package io.maie.edge.vad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.audio.SpeechRegion;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeechRegionFinderTest {
  private static final int WINDOW = 512;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "defaults",
        "meeting",
        "no padding",
        "own negative threshold",
        "low threshold",
        "wide padding",
        "at most 2 s",
        "at most 1.3 s, wide padding",
        "at most 3 s, long pauses only"
      })
  void regionsOfRandomProbabilitiesAreThoseOfTheOriginal(String options) throws IOException {
    JsonNode golden = GoldenRegions.read("/golden/vad/regions-random.json");
    SpeechRegionRules rules = GoldenRegions.rules(golden.path("options").path(options));
    assertThat(golden.path("cases")).hasSizeGreaterThan(100);

    for (JsonNode random : golden.path("cases")) {
      List<Double> probabilities = new ArrayList<>();
      random.path("thousandths").forEach(value -> probabilities.add(value.asInt() / 1_000.0));

      assertThat(found(rules, probabilities, random.path("samples").asLong()))
          .isEqualTo(GoldenRegions.pairs(random.path("regions").path(options)));
    }
  }

  @Test
  void regionsOfRealSpeechAreThoseOfTheOriginal() throws IOException {
    JsonNode golden = GoldenRegions.read("/golden/vad/regions-recordings.json");

    for (JsonNode recording : golden.path("recordings")) {
      List<Double> probabilities = new ArrayList<>();
      recording.path("probabilities").forEach(value -> probabilities.add(value.asDouble()));
      golden
          .path("options")
          .properties()
          .forEach(
              options ->
                  assertThat(
                          found(
                              GoldenRegions.rules(options.getValue()),
                              probabilities,
                              recording.path("samples").asLong()))
                      .as("%s with %s", recording.path("recording"), options.getKey())
                      .isEqualTo(
                          GoldenRegions.pairs(recording.path("regions").path(options.getKey()))));
    }
  }

  @Test
  void silenceHasNoRegions() {
    assertThat(found(SpeechRegionRules.DEFAULTS, List.of(0.1, 0.2, 0.0), 3 * WINDOW)).isEmpty();
    assertThat(found(SpeechRegionRules.DEFAULTS, List.of(), 0)).isEmpty();
  }

  @Test
  void speechFromBeginningToEndIsOneRegion() {
    assertThat(found(SpeechRegionRules.DEFAULTS, java.util.Collections.nCopies(20, 1.0), 10_100))
        .containsExactly(List.of(0L, 10_100L));
  }

  @Test
  void regionsNeverOverlapNorLeaveTheAudio() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      List<Double> probabilities = random.doubles(random.nextInt(300)).boxed().toList();
      long total = Math.max(0, (long) probabilities.size() * WINDOW - random.nextInt(WINDOW));
      SpeechRegionRules rules =
          new SpeechRegionRules(
              random.nextDouble(),
              Duration.ofMillis(random.nextInt(300)),
              Duration.ofMillis(random.nextInt(300)),
              random.nextBoolean() ? null : Duration.ofMillis(random.nextInt(3_000)),
              Duration.ofMillis(random.nextInt(500)));

      long end = 0;
      for (List<Long> region : found(rules, probabilities, total)) {
        assertThat(region.get(0)).as("round %s", round).isGreaterThanOrEqualTo(end);
        end = region.get(1);
        assertThat(end).isGreaterThanOrEqualTo(region.get(0)).isLessThanOrEqualTo(total);
      }
    }
  }

  @Test
  void aNewThresholdBringsItsOwnNegativeOne() {
    SpeechRegionRules rules =
        new SpeechRegionRules(
            0.6,
            OptionalDouble.of(0.55),
            Duration.ZERO,
            Duration.ZERO,
            null,
            Duration.ZERO,
            Duration.ZERO);

    assertThat(rules.withThreshold(0.6).effectiveNegativeThreshold()).isEqualTo(0.55);
    assertThat(rules.withThreshold(0.5).effectiveNegativeThreshold()).isEqualTo(0.35);
    assertThat(rules.withThreshold(0.1).effectiveNegativeThreshold()).isEqualTo(0.01);
  }

  @Test
  void aNegativeThresholdAboveTheOtherIsRefused() {
    assertThatThrownBy(
            () ->
                new SpeechRegionRules(
                    0.5,
                    OptionalDouble.of(0.6),
                    Duration.ZERO,
                    Duration.ZERO,
                    null,
                    Duration.ZERO,
                    Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.6");
  }

  private static List<List<Long>> found(
      SpeechRegionRules rules, List<Double> probabilities, long samples) {
    SpeechRegionFinder finder = new SpeechRegionFinder(rules, WINDOW);
    probabilities.forEach(finder::accept);
    List<SpeechRegion> regions = finder.finish(samples);
    return GoldenRegions.pairs(regions);
  }
}
