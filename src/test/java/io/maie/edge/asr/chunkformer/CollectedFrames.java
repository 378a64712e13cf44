package io.maie.edge.asr.chunkformer;

import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.transducer.EncodedFrames;
import java.util.ArrayList;
import java.util.List;

/** Keeps encoded frames instead of looking for words in them. */
final class CollectedFrames implements TokenFinder {
  private final List<EncodedFrames> parts = new ArrayList<>();

  @Override
  public void accept(EncodedFrames frames) {
    parts.add(frames);
  }

  @Override
  public List<DecodedWord> words() {
    return List.of();
  }

  @Override
  public void close() {
    // what was collected lies on the heap
  }

  EncodedFrames all() {
    int count = parts.stream().mapToInt(EncodedFrames::count).sum();
    int size = parts.get(0).size();
    float[] values = new float[count * size];
    int filled = 0;
    for (EncodedFrames part : parts) {
      System.arraycopy(part.values(), 0, values, filled, part.count() * size);
      filled += part.count() * size;
    }
    return new EncodedFrames(values, count, size);
  }
}
