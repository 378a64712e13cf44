package io.maie.edge.diarization;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * In which channel somebody talks, block by block of 100 ms. A channel leads where its level is
 * nearest to that of its own speech, so that a quiet telephone line is heard beside a loud
 * microphone. Leakage from one channel into another shows in the difference of the two, which stays
 * the same however loud somebody talks.
 */
final class ChannelActivity {
  /** A block so far below the speech of every channel is a pause, in dB. */
  private static final double PAUSE = -30;

  /** Blocks of the loudest speech by which the level of a channel is first guessed: 2 s. */
  private static final int LOUDEST = 20;

  private static final int ROUNDS = 3;

  private final ChannelLevels levels;
  private final boolean[] speech;
  private final double[] own;

  /** The median level of a channel above another one, in dB, in blocks that the latter leads. */
  private final double[][] differences;

  private final int[] leading;

  /**
   * The activity of channels.
   *
   * @param regions the stretches in which somebody talks
   */
  ChannelActivity(ChannelLevels levels, List<SpeechRegion> regions) {
    this.levels = levels;
    this.speech = speech(levels.blocks(), regions);
    this.own = new double[levels.channels()];
    this.differences = new double[levels.channels()][levels.channels()];
    this.leading = new int[levels.blocks()];
    for (int c = 0; c < own.length; c++) {
      own[c] = loudest(c);
    }
    for (int round = 0; round < ROUNDS; round++) {
      lead();
      for (int c = 0; c < own.length; c++) {
        own[c] = ownLevel(c);
      }
    }
    lead();
    for (int c = 0; c < own.length; c++) {
      for (int leader = 0; leader < own.length; leader++) {
        differences[c][leader] = difference(c, leader);
      }
    }
  }

  private static boolean[] speech(int blocks, List<SpeechRegion> regions) {
    boolean[] speech = new boolean[blocks];
    for (SpeechRegion region : regions) {
      int from = (int) (region.span().start() / ChannelLevels.BLOCK_SAMPLES);
      long end = region.span().end() + ChannelLevels.BLOCK_SAMPLES - 1;
      int to = (int) Math.min(blocks, end / ChannelLevels.BLOCK_SAMPLES);
      Arrays.fill(speech, Math.min(from, to), to, true);
    }
    return speech;
  }

  private double loudest(int channel) {
    int[] sorted = new int[levels.blocks()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = speech[i] ? levels.level(channel, i) : ChannelLevels.SILENCE;
    }
    Arrays.sort(sorted);
    int from = sorted.length - 1 - Math.min(LOUDEST, sorted.length / 20);
    return from < 0 ? ChannelLevels.SILENCE : sorted[from];
  }

  /** The channel that leads each block; -1 in pauses. */
  private void lead() {
    for (int i = 0; i < leading.length; i++) {
      leading[i] = -1;
      double best = PAUSE;
      for (int c = 0; c < own.length && speech[i]; c++) {
        double relative = levels.level(c, i) - own[c];
        if (levels.level(c, i) > ChannelLevels.SILENCE && relative > best) {
          best = relative;
          leading[i] = c;
        }
      }
    }
  }

  /** The median level of a channel where it leads; the earlier level if there is no such place. */
  private double ownLevel(int channel) {
    int[] found =
        IntStream.range(0, leading.length)
            .filter(i -> leading[i] == channel)
            .map(i -> levels.level(channel, i))
            .sorted()
            .toArray();
    return found.length == 0 ? own[channel] : found[found.length / 2];
  }

  private double difference(int channel, int leader) {
    int[] found =
        IntStream.range(0, leading.length)
            .filter(i -> leading[i] == leader)
            .map(i -> levels.level(channel, i) - levels.level(leader, i))
            .sorted()
            .toArray();
    return found.length == 0 ? 0 : found[found.length / 2];
  }

  /**
   * By how much the difference of two channels changes from the speech in one to that in the other,
   * in dB: twice of what the way from one microphone to the other takes away.
   */
  double separation(int one, int other) {
    return -differences[other][one] - differences[one][other];
  }

  /** Seconds in which a channel leads. */
  double seconds(int channel) {
    long blocks = Arrays.stream(leading).filter(leader -> leader == channel).count();
    return (double) blocks / 10;
  }

  /**
   * Finds the stretches in which somebody talks in a channel: the channel leads, or it is louder
   * than what leaks into it by a quarter of its separation from the channel that leads.
   *
   * @return in order; silence of less than half a second is filled
   */
  List<SampleSpan> spans(int channel) {
    List<SampleSpan> spans = new ArrayList<>();
    for (int i = 0; i < leading.length; i++) {
      if (leading[i] == channel || (leading[i] >= 0 && isHeard(channel, leading[i], i))) {
        append(spans, i);
      }
    }
    return spans;
  }

  private boolean isHeard(int channel, int leader, int block) {
    double leak = differences[channel][leader];
    return levels.level(channel, block) - levels.level(leader, block)
        > leak + separation(channel, leader) / 4;
  }

  private static void append(List<SampleSpan> spans, int block) {
    long start = (long) block * ChannelLevels.BLOCK_SAMPLES;
    long end = start + ChannelLevels.BLOCK_SAMPLES;
    int last = spans.size() - 1;
    if (last >= 0 && start - spans.get(last).end() < 5L * ChannelLevels.BLOCK_SAMPLES) {
      spans.set(last, new SampleSpan(spans.get(last).start(), end));
    } else {
      spans.add(new SampleSpan(start, end));
    }
  }
}
