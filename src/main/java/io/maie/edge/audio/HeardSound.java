package io.maie.edge.audio;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;

/**
 * Account of the sound of a recording on its way to the recogniser. Every decoded sample is kept:
 * the mono sound is as long as the decoded and the inserted sound together.
 *
 * @param decodedSamples that the decoder produced, per channel, at 16 kHz
 * @param keptSamples of these that are in the mono sound
 * @param insertedSamples of silence that fill gaps between the container's time stamps
 * @param channels the use of each channel
 * @param tracks the use of each audio track; empty if there is one
 * @param level the loudness of the mono sound, and the gain that it got
 * @param separate channels or tracks that are recognised each by itself; empty if the mono sound is
 * @param separateReason the reason for that; empty if there are none
 */
public record HeardSound(
    long decodedSamples,
    long keptSamples,
    long insertedSamples,
    List<ChannelUse> channels,
    List<TrackUse> tracks,
    SoundLevel level,
    List<SeparateChannel> separate,
    String separateReason) {

  /** Less than this may be lost to rounding, 0.1 s. */
  private static final long TOLERANCE_SAMPLES = Waveform.SAMPLE_RATE / 10;

  /** Rejects an account in which decoded sound is missing. */
  public HeardSound {
    requireNonNull(level, "level is null");
    channels = List.copyOf(channels);
    tracks = List.copyOf(tracks);
    separate = List.copyOf(separate);
    requireNonNull(separateReason, "separateReason is null");
    if (keptSamples < decodedSamples - TOLERANCE_SAMPLES) {
      throw new IllegalArgumentException(
          "expected all decoded samples to be kept, found "
              + keptSamples
              + " of "
              + decodedSamples);
    }
  }

  /** Mono sound of usual level that nothing was done to. */
  public static HeardSound unchanged(long samples) {
    ChannelUse channel = new ChannelUse(1, ChannelUse.Role.USED, 1, -23);
    return new HeardSound(
        samples,
        samples,
        0,
        List.of(channel),
        List.of(),
        new SoundLevel(-23, LevelCurve.UNCHANGED, 0),
        List.of(),
        "");
  }

  /** The reason, in words, for which the heard channels were chosen. */
  public String channelsReason() {
    return Arrays.stream(ChannelUse.Role.values())
        .filter(role -> channels.stream().anyMatch(use -> use.role() == role))
        .map(
            role ->
                channels.stream()
                    .filter(use -> use.role() == role)
                    .map(use -> String.valueOf(use.number()))
                    .collect(joining(", ", "", ": " + role.words())))
        .collect(joining("; "));
  }
}
