package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.UnheardSpeech;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Cost and findings of a task in figures.
 *
 * @param inputSamples length of the recording at 16 kHz
 * @param processing all of the last attempt, from its start to the document
 * @param speechRegions null if voice activity was not detected
 * @param transcript null if it was not asked for
 * @param enhancement null if no clean transcript was made
 * @param detailed whether all of {@code enhancement} was asked for, not only its edit rate
 * @param stages in the order they ran
 * @param peakRssBytes largest resident memory of the process, 0 if unknown
 */
public record Metrics(
    long inputSamples,
    Duration processing,
    @Nullable List<SpeechRegion> speechRegions,
    @Nullable Transcript transcript,
    @Nullable Enhancement enhancement,
    boolean detailed,
    List<StageReport> stages,
    long peakRssBytes) {

  private static final double NANOS_PER_SECOND = 1e9;

  public Metrics {
    requireNonNull(processing, "processing is null");
    speechRegions = speechRegions == null ? null : List.copyOf(speechRegions);
    stages = List.copyOf(stages);
  }

  /** Real-time factor: processing time over duration; 0 for a recording without samples. */
  public double rtf() {
    double seconds = processing.toNanos() / NANOS_PER_SECOND;
    return inputSamples == 0 ? 0 : seconds * Waveform.SAMPLE_RATE / inputSamples;
  }

  /** The share of the recording that is speech, 0 to 1; empty if it was not looked for. */
  public OptionalDouble vadCoverage() {
    if (speechRegions == null) {
      return OptionalDouble.empty();
    }
    long speech = speechRegions.stream().mapToLong(region -> region.span().length()).sum();
    return OptionalDouble.of(inputSamples == 0 ? 0 : Math.min(1, (double) speech / inputSamples));
  }

  /** The number of speech regions; 0 if they were not looked for. */
  public int vadSegments() {
    return speechRegions == null ? 0 : speechRegions.size();
  }

  /** Samples of speech that got no word; empty if speech or its text was not looked for. */
  public OptionalLong unheardSamples() {
    return speechRegions == null || transcript == null
        ? OptionalLong.empty()
        : OptionalLong.of(UnheardSpeech.samples(speechRegions, transcript.segments()));
  }

  /** Mean confidence of the segments by their length, 0 to 1; empty if there are none. */
  public OptionalDouble asrConfidence() {
    if (transcript == null) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    long weights = 0;
    for (Segment segment : transcript.segments()) {
      long weight = Math.max(1, segment.span().length());
      sum += segment.confidence() * weight;
      weights += weight;
    }
    return weights == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / weights);
  }
}
