package io.maie.edge.text.constrain;

import java.util.ArrayList;
import java.util.List;

/** The places where a document may be, each once. Few, since branches soon differ. */
final class FrameSet {
  private final List<Frame> frames = new ArrayList<>();
  private int octet;

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

  /** Adds the places after one more byte, 0 to 255, to those that are here. */
  void follow(FrameSet before, int octet) {
    this.octet = octet;
    for (int i = 0; i < before.frames.size(); i++) {
      before.frames.get(i).step(this);
    }
  }

  /** The byte that leads to these places. */
  int octet() {
    return octet;
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
