package io.maie.edge.text.constrain;

import java.util.ArrayList;
import java.util.List;

/** The places where a document may be, each once. Few, since branches soon differ. */
final class FrameSet {
  private final List<Frame> frames = new ArrayList<>();

  void add(Frame frame) {
    if (frames.isEmpty() || !frames.contains(frame)) {
      frames.add(frame);
    }
  }

  void clear() {
    frames.clear();
  }

  boolean isEmpty() {
    return frames.isEmpty();
  }

  int size() {
    return frames.size();
  }

  Frame get(int index) {
    return frames.get(index);
  }

  /** Adds the places after one more byte to {@code out}. */
  void step(int octet, FrameSet out) {
    for (int i = 0; i < frames.size(); i++) {
      frames.get(i).step(octet, out);
    }
  }

  /** The number of tokens that complete the document from the best of these places. */
  int cost() {
    int least = Cost.IMPOSSIBLE;
    for (int i = 0; i < frames.size(); i++) {
      least = Math.min(least, frames.get(i).cost());
    }
    return least;
  }

  boolean mayEnd() {
    return frames.stream().anyMatch(Frame::mayEnd);
  }
}
