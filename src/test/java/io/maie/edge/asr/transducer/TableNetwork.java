package io.maie.edge.asr.transducer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A transducer whose scores are drawn at random, the same for the same frame and tokens. The number
 * of a frame is its only value.
 */
final class TableNetwork implements TransducerNetwork<List<Integer>> {
  private final long seed;
  private final int outputs;
  private final int context;
  private final int framesAtOnce;

  TableNetwork(long seed, int outputs, int context, int framesAtOnce) {
    this.seed = seed;
    this.outputs = outputs;
    this.context = context;
    this.framesAtOnce = framesAtOnce;
  }

  static EncodedFrames frames(int from, int to) {
    float[] numbers = new float[to - from];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = from + i;
    }
    return new EncodedFrames(numbers, numbers.length, 1);
  }

  @Override
  public List<Integer> start() {
    return List.of();
  }

  @Override
  public List<Integer> after(List<Integer> before, int token) {
    List<Integer> said = new ArrayList<>(before);
    said.add(token);
    return said.subList(Math.max(0, said.size() - context), said.size());
  }

  /** The scores of a frame, shape (outputs). */
  float[] scores(int frame, List<Integer> prediction) {
    Random random = new Random(seed * 1_000_003 + frame * 7919L + prediction.hashCode());
    float[] scores = new float[outputs];
    for (int i = 0; i < outputs; i++) {
      scores[i] = (float) (2 * random.nextGaussian());
    }
    return scores;
  }

  @Override
  public float[] join(FrameRange frames, List<Integer> prediction) {
    int count = frames.count();
    if (count > framesAtOnce) {
      throw new IllegalArgumentException("expected at most " + framesAtOnce + ", found " + count);
    }
    float[] all = new float[count * outputs];
    for (int i = 0; i < count; i++) {
      int frame = (int) frames.frames().rows(frames.first() + i, 1)[0];
      System.arraycopy(scores(frame, prediction), 0, all, i * outputs, outputs);
    }
    return all;
  }

  @Override
  public float[] join(EncodedFrames frames, int frame, List<List<Integer>> predictions) {
    float[] all = new float[predictions.size() * outputs];
    for (int i = 0; i < predictions.size(); i++) {
      int number = (int) frames.rows(frame, 1)[0];
      System.arraycopy(scores(number, predictions.get(i)), 0, all, i * outputs, outputs);
    }
    return all;
  }

  @Override
  public int framesAtOnce() {
    return framesAtOnce;
  }

  @Override
  public void close() {
    // tables are arrays
  }
}
