package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Puts the sounds of several parts of a file one behind the other. */
final class JoinedParts {
  /** Neighbouring samples of sound are alike; those of other data are not. */
  private static final double ALIKE = 0.25;

  /** Blocks that are looked at, 10 s. */
  private static final int LOOK_BLOCKS = 100;

  private final List<PartSound> parts;
  private final ScratchFiles scratch;

  JoinedParts(List<PartSound> parts, ScratchFiles scratch) {
    this.parts = parts;
    this.scratch = scratch;
  }

  /** One sound of all parts, with the channels and tracks of the longest one. */
  PartSound sound() throws IOException, ProcessingException {
    PartSound longest =
        parts.stream()
            .max(Comparator.comparingLong(part -> part.account().decoded()))
            .orElseThrow();
    return new PartSound(
        joined(parts.stream().map(part -> Optional.of(part.mono())).toList()),
        longest.channels(),
        longest.tracks(),
        // which side of a call is on which channel may differ from part to part
        ChannelLevels.NONE,
        separate(),
        parts.stream()
            .map(PartSound::remarks)
            .reduce(new PartSound.Remarks(List.of(), List.of()), PartSound.Remarks::plus),
        parts.stream()
            .map(PartSound::account)
            .reduce(new PartSound.Account(0, 0, 0), PartSound.Account::plus));
  }

  /** A part that is one sound goes to the first channel. */
  private PartSound.Separate separate() throws IOException, ProcessingException {
    List<Integer> numbers =
        parts.stream()
            .flatMap(part -> part.separate().numbers().stream())
            .distinct()
            .sorted()
            .toList();
    List<Mixer.MeteredSound> sounds = new ArrayList<>();
    for (int number : numbers) {
      boolean isFirst = sounds.isEmpty();
      sounds.add(
          joined(
              parts.stream()
                  .map(
                      part ->
                          isFirst && part.separate().numbers().isEmpty()
                              ? Optional.of(part.mono())
                              : part.separate().sound(number))
                  .toList()));
    }
    String reason =
        parts.stream()
            .map(part -> part.separate().reason())
            .filter(text -> !text.isEmpty())
            .findFirst()
            .orElse("");
    return new PartSound.Separate(numbers, sounds, reason);
  }

  /** The sounds one behind the other; where there is none, silence as long as the part. */
  private Mixer.MeteredSound joined(List<Optional<Mixer.MeteredSound>> sounds)
      throws IOException, ProcessingException {
    TrackRecording joined = scratch.open(1, SampleClock.disabled());
    for (int i = 0; i < sounds.size(); i++) {
      boolean isSilent = sounds.get(i).isEmpty();
      MonoSound sound = sounds.get(i).orElse(parts.get(i).mono()).sound();
      try (SoundFile.Reader reader = sound.read()) {
        int count = reader.next();
        while (count > 0) {
          if (isSilent) {
            Arrays.fill(reader.block()[0], 0f);
          }
          joined.append(reader.block(), count);
          count = reader.next();
        }
      }
    }
    joined.finish();
    return new Mixer.MeteredSound(joined.sound(), joined.meter());
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
