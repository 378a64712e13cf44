package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes turns of scored frames: as many speakers per frame as talk in it, the best ones. */
final class TurnBuilder {
  /** Silence inside a turn, in samples: below half a second. */
  private static final long FILL = Waveform.SAMPLE_RATE / 2;

  /** The shortest turn, in samples: 0.15 s. */
  private static final long SHORTEST = Waveform.SAMPLE_RATE * 15 / 100;

  private final byte[] counts;
  private final long length;

  /**
   * The frame at which the current stretch of each speaker began; -1 while the speaker is silent.
   */
  private final int[] open;

  private final List<List<SampleSpan>> spans = new ArrayList<>();

  /**
   * A builder.
   *
   * @param counts the number of people who talk in each frame
   * @param speakers their number
   * @param length samples of the recording
   */
  TurnBuilder(byte[] counts, int speakers, long length) {
    this.counts = counts;
    this.length = length;
    open = new int[speakers];
    for (int c = 0; c < speakers; c++) {
      open[c] = -1;
      spans.add(new ArrayList<>());
    }
  }

  /** Takes the next frame; {@code scores} has one value per speaker. */
  void accept(int frame, float[] scores) {
    for (int c = 0; c < open.length; c++) {
      boolean talks = scores[c] > 0 && rank(scores, c) < counts[frame];
      if (talks && open[c] < 0) {
        open[c] = frame;
      } else if (!talks && open[c] >= 0) {
        close(c, frame);
      }
    }
  }

  private static int rank(float[] scores, int speaker) {
    int rank = 0;
    for (int c = 0; c < scores.length; c++) {
      if (scores[c] > scores[speaker] || (scores[c] == scores[speaker] && c < speaker)) {
        rank++;
      }
    }
    return rank;
  }

  private void close(int speaker, int end) {
    SampleSpan span = new SampleSpan(FrameGrid.sampleOf(open[speaker]), FrameGrid.sampleOf(end));
    open[speaker] = -1;
    List<SampleSpan> mine = spans.get(speaker);
    if (!mine.isEmpty()) {
      SampleSpan before = mine.get(mine.size() - 1);
      if (span.start() - before.end() < FILL) {
        mine.set(mine.size() - 1, new SampleSpan(before.start(), span.end()));
        return;
      }
    }
    mine.add(span);
  }

  /**
   * Result after the last frame.
   *
   * @param turns in order of start, speakers numbered by first speech from 1
   * @param numbers the number of each speaker who has a turn, by his index, in order of number
   */
  record Built(List<Turn> turns, Map<Integer, Integer> numbers) {

    Built {
      turns = List.copyOf(turns);
    }
  }

  Built build() {
    for (int c = 0; c < open.length; c++) {
      if (open[c] >= 0) {
        close(c, counts.length);
      }
    }
    List<Turn> byIndex = new ArrayList<>();
    for (int c = 0; c < open.length; c++) {
      for (SampleSpan span : spans.get(c)) {
        if (span.length() >= SHORTEST && span.start() < length) {
          byIndex.add(new Turn(new SampleSpan(span.start(), Math.min(length, span.end())), c + 1));
        }
      }
    }
    byIndex.sort(Comparator.comparing(Turn::span).thenComparingInt(Turn::speaker));
    Map<Integer, Integer> numbers = new LinkedHashMap<>();
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : byIndex) {
      int number = numbers.computeIfAbsent(turn.speaker() - 1, index -> numbers.size() + 1);
      turns.add(new Turn(turn.span(), number));
    }
    return new Built(turns, numbers);
  }
}
