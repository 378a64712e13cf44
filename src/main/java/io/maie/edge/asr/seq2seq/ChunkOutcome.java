package io.maie.edge.asr.seq2seq;

import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Result of decoding one more chunk of a track.
 *
 * @param track index of the track
 * @param samples to go on by
 * @param segments the segments, in the recording's time
 * @param context tokens for the prompt of what follows
 * @param temperature at which it was decoded
 * @param silent whether it was passed over as silence, whatever was decoded
 * @param language that was spoken; null if the model knows only one
 * @param steps of the decoder that it took, in all attempts
 * @param isSkipped whether it was left out, since the program crashed in it
 */
public record ChunkOutcome(
    int track,
    long samples,
    List<Segment> segments,
    List<Integer> context,
    double temperature,
    boolean silent,
    @Nullable Language language,
    long steps,
    boolean isSkipped) {

  public ChunkOutcome {
    segments = List.copyOf(segments);
    context = List.copyOf(context);
  }

  /** The same result with other segments. */
  public ChunkOutcome withSegments(List<Segment> other) {
    return new ChunkOutcome(
        track, samples, other, context, temperature, silent, language, steps, isSkipped);
  }

  /** The same result, which took {@code number} steps. */
  public ChunkOutcome withSteps(long number) {
    return new ChunkOutcome(
        track, samples, segments, context, temperature, silent, language, number, isSkipped);
  }

  /** A chunk of {@code samples} that was left out. */
  public static ChunkOutcome skipped(int track, long samples) {
    return new ChunkOutcome(track, samples, List.of(), List.of(), 0, true, null, 0, true);
  }
}
