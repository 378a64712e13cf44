package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.MisreadHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Rate and channels of uncompressed sound whose header does not tell them, found in the sound.
 *
 * @param assumption what was assumed, in words for people; empty if the header told both
 */
record GuessedLayout(int sampleRate, int channels, String assumption) {
  private static final int LOOK_BYTES = 8 << 20;

  /** Numbers of channels that recorders store, fewer first. */
  private static final List<Integer> CHANNELS = List.of(1, 2, 4, 6, 8);

  /** One channel has equal steps from even samples on and from odd ones. */
  private static final double EVEN = 1.2;

  /** Finds what the header does not tell in the first minutes of the sound. */
  static GuessedLayout of(Path recording, MisreadHeader header) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(recording)) {
      in.skipNBytes(Math.min(header.start(), Files.size(recording)));
      bytes = in.readNBytes((int) Math.min(LOOK_BYTES, Math.max(0, header.end() - header.start())));
    }
    float[] samples = PcmSamples.of(header.codec(), bytes);
    int channels = header.channels() > 0 ? header.channels() : channels(samples);
    int rate =
        header.sampleRate() > 0
            ? header.sampleRate()
            : new SpeechRate(loudest(samples, channels)).hertz();
    return new GuessedLayout(
        rate,
        channels,
        String.format(
            Locale.ROOT,
            "The header of the file does not tell how its samples are stored; they were taken for"
                + " %d a second in %d %s, which fits their sound best. Times and words may be wrong"
                + " if that is not so",
            rate,
            channels,
            channels == 1 ? "channel" : "channels"));
  }

  /**
   * The number of channels after which the next sample of the same one comes: the distance at which
   * samples differ least.
   */
  static int channels(float[] samples) {
    int best = 1;
    double least = Double.MAX_VALUE;
    for (int count : CHANNELS) {
      double step = steps(samples, count, 0, 1);
      if (step < least * 0.9) {
        least = step;
        best = count;
      }
    }
    if (best > 1) {
      return best;
    }
    double even = steps(samples, 1, 0, 2);
    double odd = steps(samples, 1, 1, 2);
    return Math.max(even, odd) > EVEN * Math.min(even, odd) ? 2 : 1;
  }

  /** Mean square of the differences of samples that are {@code distance} apart. */
  private static double steps(float[] samples, int distance, int from, int stride) {
    double sum = 0;
    long count = 0;
    for (int i = from; i + distance < samples.length; i += stride) {
      double step = samples[i + distance] - samples[i];
      sum += step * step;
      count++;
    }
    return sum / Math.max(1, count);
  }

  /** The samples of the channel with the most power. */
  private static float[] loudest(float[] samples, int channels) {
    float[] loudest = new float[0];
    double most = -1;
    for (int channel = 0; channel < channels; channel++) {
      float[] one = new float[samples.length / channels];
      double power = 0;
      for (int i = 0; i < one.length; i++) {
        one[i] = samples[i * channels + channel];
        power += one[i] * one[i];
      }
      if (power > most) {
        most = power;
        loudest = Arrays.copyOf(one, one.length);
      }
    }
    return loudest;
  }
}
