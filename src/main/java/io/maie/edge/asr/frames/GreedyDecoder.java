package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** Takes the most probable token of each frame. */
final class GreedyDecoder implements CtcDecoder {
  private final int blank;
  private final WordAssembler words;

  GreedyDecoder(int blank, WordAssembler words) {
    this.blank = blank;
    this.words = requireNonNull(words, "words is null");
  }

  @Override
  public List<DecodedWord> decode(Posteriors posteriors) {
    int[] path = new int[posteriors.frames()];
    for (int frame = 0; frame < path.length; frame++) {
      path[frame] = posteriors.best(frame);
    }
    return words.assemble(TokenSpan.of(path, blank, posteriors));
  }
}
