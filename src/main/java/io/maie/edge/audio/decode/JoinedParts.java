package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/** Puts the sounds of several parts of a file one behind the other. */
final class JoinedParts {
  /** Neighbouring samples of sound are alike; those of other data are not. */
  private static final double ALIKE = 0.25;

  /** Blocks that are looked at, 10 s. */
  private static final int LOOK_BLOCKS = 100;

  private JoinedParts() {}

  /**
   * One sound of all of {@code parts}, with the channels and tracks of the longest one.
   *
   * @param joined a new recording of one channel
   */
  static PartSound of(List<PartSound> parts, TrackRecording joined)
      throws IOException, ProcessingException {
    for (PartSound part : parts) {
      try (SoundFile.Reader reader = part.mono().sound().read()) {
        int count = reader.next();
        while (count > 0) {
          joined.addBlock(reader.block(), count);
          count = reader.next();
        }
      }
    }
    joined.finish();
    PartSound longest =
        parts.stream()
            .max(Comparator.comparingLong(part -> part.account().decoded()))
            .orElseThrow();
    return new PartSound(
        new Mixer.MeteredSound(joined.sound(), joined.meter()),
        longest.channels(),
        longest.tracks(),
        // which side of a call is on which channel may differ from part to part
        ChannelLevels.NONE,
        parts.stream()
            .map(PartSound::account)
            .reduce(new PartSound.Account(0, 0, 0), PartSound.Account::plus));
  }

  /**
   * Returns whether samples read from bytes behind the declared end are sound, and not other data.
   */
  static boolean isPlausible(Mixer.MeteredSound mono) throws IOException {
    double power = 0;
    double product = 0;
    double sum = 0;
    long samples = 0;
    try (SoundFile.Reader reader = mono.sound().read()) {
      int count = reader.next();
      for (int block = 0; block < LOOK_BLOCKS && count > 0; block++) {
        float[] values = reader.block()[0];
        for (int i = 1; i < count; i++) {
          power += values[i] * values[i];
          product += values[i] * values[i - 1];
          sum += values[i];
        }
        samples += count;
        count = reader.next();
      }
    }
    double mean = sum / Math.max(1, samples);
    double offset = mean * mean * samples;
    return power > 0 && offset < power / 2 && product - offset >= ALIKE * (power - offset);
  }

  /** Seconds of so many samples. */
  static double seconds(long samples) {
    return (double) samples / Waveform.SAMPLE_RATE;
  }
}
