package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;
import java.util.ArrayList;
import java.util.List;

/** Sees whether the decoding of a file goes on, and how far it is. */
final class DecodingProgress implements FfmpegRun.Progress {
  private final SourceChecksum checksum;
  private final double expectedSeconds;

  /** Changed between runs only, by the thread that waits for them. */
  private final List<PartDecoding> parts = new ArrayList<>();

  private double largest;

  /**
   * @param expectedSeconds the duration that the file declares; 0 if it declares none
   */
  DecodingProgress(SourceChecksum checksum, double expectedSeconds) {
    this.checksum = checksum;
    this.expectedSeconds = expectedSeconds;
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
  public double share() {
    double seconds =
        parts.isEmpty() ? 0 : (double) parts.get(parts.size() - 1).samples() / Waveform.SAMPLE_RATE;
    largest = expectedSeconds > 0 ? Math.max(largest, Math.min(seconds / expectedSeconds, 1)) : 0;
    return largest;
  }
}
