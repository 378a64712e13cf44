package io.maie.edge.audio;

import java.util.List;

/**
 * Loudness of each heard channel of a recording over time, on the clock of its mono sound. One byte
 * per tenth of a second and channel.
 */
public final class ChannelLevels {
  /** Samples of a block, 100 ms. */
  public static final int BLOCK_SAMPLES = Waveform.SAMPLE_RATE / 10;

  /** The level of silence, and of all that is below, in dB. */
  public static final int SILENCE = -127;

  /** Nothing is known of channels. */
  public static final ChannelLevels NONE = new ChannelLevels(List.of(), List.of());

  private final List<Integer> numbers;
  private final List<byte[]> levels;

  /**
   * Levels of channels.
   *
   * @param numbers of the channels, counted from 1
   * @param levels of each, per block in dB of full scale; not to be written to any more
   */
  public ChannelLevels(List<Integer> numbers, List<byte[]> levels) {
    this.numbers = List.copyOf(numbers);
    this.levels = List.copyOf(levels);
    if (numbers.size() != levels.size()
        || levels.stream().anyMatch(each -> each.length != levels.get(0).length)) {
      throw new IllegalArgumentException("expected as many levels of each channel");
    }
  }

  /** The number of channels that are heard. */
  public int channels() {
    return numbers.size();
  }

  /** The number of a channel as people count. */
  public int number(int channel) {
    return numbers.get(channel);
  }

  /** Blocks of each channel. */
  public int blocks() {
    return levels.isEmpty() ? 0 : levels.get(0).length;
  }

  /** The level of a block in dB of full scale, {@value #SILENCE} or more. */
  public int level(int channel, int block) {
    return levels.get(channel)[block];
  }
}
