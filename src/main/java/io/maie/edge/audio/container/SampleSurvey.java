package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Tells how stored samples look when they are read in different ways. Neighbouring samples of sound
 * are alike; read as what they are not, they are noise.
 */
final class SampleSurvey {
  /** Places at which samples are read, all over the sound. */
  private static final int PLACES = 32;

  private static final int PLACE_BYTES = 4 * 1024;

  /** The quarter of the places that is smoothest. */
  private static final int SMOOTHER_PART = 4;

  /** Whole frames of all kinds of samples begin at multiples of that. */
  private static final int COMMON_BYTES = 24 * 64;

  private static final int MOST_CHANNELS = 64;

  /** Floats beyond are no sound. */
  private static final double ABSURD = 4e9;

  /** Neighbouring samples of noise differ as much, as a share of their power. */
  private static final double NOISE = 1;

  /** The steps within a frame differ that much from those between frames. */
  private static final double UNEVEN = 1.3;

  private final List<ByteBlock> blocks = new ArrayList<>();

  SampleSurvey(ByteSource source, ByteSpan samples) throws IOException, TooMuchToReadException {
    long step = Math.max(COMMON_BYTES, samples.bytes() / PLACES / COMMON_BYTES * COMMON_BYTES);
    for (int i = 0; i < PLACES && i * step < samples.bytes(); i++) {
      long bytes = Math.min(PLACE_BYTES, Math.min(step, samples.bytes() - i * step));
      blocks.add(source.read(samples.start() + i * step, (int) bytes));
    }
  }

  /**
   * The way in which samples are smoothest; {@code stated} unless another is far smoother.
   *
   * @param share of the roughness of the stated one that another must stay below
   */
  SampleLook smoothest(SampleLook stated, Set<SampleLook> others, double share) {
    double least = Math.min(NOISE, roughness(stated)) * share;
    SampleLook best = stated;
    for (SampleLook other : others) {
      double rough = roughness(other);
      if (rough < least) {
        least = rough;
        best = other;
      }
    }
    return best;
  }

  /**
   * The same samples, of fewer channels or of more, as they look. Channels of one frame differ from
   * each other otherwise than one frame from the next.
   *
   * @param one number of channels that may be right
   * @param other number of channels that may be right
   */
  SampleLook ofChannels(SampleLook look, int one, int other) {
    int few = Math.min(one, other);
    int many = Math.max(one, other);
    if (few < 1 || many == few || many % few != 0 || many > MOST_CHANNELS) {
      return look;
    }
    SampleLook narrow = new SampleLook(look.codec(), few);
    SampleLook wide = new SampleLook(look.codec(), many);
    double[] steps = steps(narrow, many / few);
    double most = Arrays.stream(steps).max().orElse(0);
    double least = Arrays.stream(steps).min().orElse(0);
    if (most == 0) {
      return look;
    }
    boolean isUneven = most > UNEVEN * least;
    return isUneven || roughness(wide) < roughness(narrow) ? wide : narrow;
  }

  /** The roughness of the smoother places, which hold sound rather than noise or clicks. */
  private double roughness(SampleLook look) {
    double[] found =
        blocks.stream()
            .mapToDouble(block -> roughness(block, look))
            .filter(rough -> rough >= 0)
            .sorted()
            .toArray();
    return found.length == 0 ? NOISE : found[found.length / SMOOTHER_PART];
  }

  /** Power of the steps between samples, as a share of that of noise; -1 in silence. */
  private static double roughness(ByteBlock block, SampleLook look) {
    int frame = look.sampleBytes() * look.channels();
    int count = block.length() / frame;
    double steps = 0;
    double power = 0;
    for (int channel = 0; channel < look.channels(); channel++) {
      int first = channel * look.sampleBytes();
      double mean = 0;
      for (int i = 0; i < count; i++) {
        mean += look.value(block, first + i * frame) / count;
      }
      if (!(Math.abs(mean) <= ABSURD)) {
        return NOISE;
      }
      double before = mean;
      for (int i = 0; i < count; i++) {
        double value = look.value(block, first + i * frame);
        power += (value - mean) * (value - mean);
        steps += i == 0 ? 0 : (value - before) * (value - before);
        before = value;
      }
    }
    boolean isSound = power / Math.max(1, count) < ABSURD * ABSURD;
    return power == 0 ? -1 : isSound ? steps / power / 2 : NOISE;
  }

  /** Power of the steps from frame to frame, by the place of a frame among {@code places}. */
  private double[] steps(SampleLook look, int places) {
    double[] steps = new double[places];
    int bytes = look.sampleBytes();
    int channels = look.channels();
    for (ByteBlock block : blocks) {
      for (int i = channels; (i + 1) * bytes <= block.length(); i++) {
        double step = look.value(block, i * bytes) - look.value(block, (i - channels) * bytes);
        steps[i / channels % places] += step * step;
      }
    }
    return steps;
  }
}
