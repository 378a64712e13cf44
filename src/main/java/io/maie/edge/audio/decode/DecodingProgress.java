package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.util.ArrayList;
import java.util.List;

/** Sees whether the decoding of a file goes on, and how far it is. */
final class DecodingProgress implements StallTimeout.Look {
  private final SourceChecksum checksum;
  private final double expectedSeconds;

  /** Changed between runs only, by the thread that waits for them. */
  private final List<PartDecoding> parts = new ArrayList<>();

  private final StageContext context;
  private double largest;

  /**
   * @param expectedSeconds the duration that the file declares; 0 if it declares none
   * @param context told how far it is, and asked whether to stop
   */
  DecodingProgress(SourceChecksum checksum, double expectedSeconds, StageContext context) {
    this.checksum = checksum;
    this.expectedSeconds = expectedSeconds;
    this.context = context;
  }

  /** This, with a further run to look at. */
  DecodingProgress following(PartDecoding part) {
    parts.add(part);
    return this;
  }

  @Override
  public long life() {
    return parts.stream().mapToLong(PartDecoding::samples).sum() + checksum.bytes();
  }

  @Override
  public void throwIfStopped() throws TaskStoppedException {
    context.cancellation().throwIfStopped();
  }

  @Override
  public void moved() {
    context.progress().report(share());
  }

  private double share() {
    double seconds =
        parts.isEmpty() ? 0 : (double) parts.get(parts.size() - 1).samples() / Waveform.SAMPLE_RATE;
    largest = expectedSeconds > 0 ? Math.max(largest, Math.min(seconds / expectedSeconds, 1)) : 0;
    return largest;
  }
}
