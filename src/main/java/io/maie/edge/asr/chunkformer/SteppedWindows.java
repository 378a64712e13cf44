package io.maie.edge.asr.chunkformer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.WindowSource;
import io.maie.edge.asr.frames.WindowRecognizer;
import io.maie.edge.asr.transducer.EncodedFrames;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;

/**
 * Encodes windows chunk by chunk: short ones in one call, longer ones in steps that hear some way
 * beyond themselves. Used by one thread at a time.
 */
final class SteppedWindows {
  private final StemFrames stem;
  private final ChunkEncoder encoder;
  private final ChunkformerSettings settings;

  SteppedWindows(StemFrames stem, ChunkEncoder encoder, ChunkformerSettings settings) {
    this.stem = requireNonNull(stem, "stem is null");
    this.encoder = requireNonNull(encoder, "encoder is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Gives the encoded frames of {@code window} to {@code finder}, in one part or in several. */
  void hear(WindowSource window, TokenFinder finder, WindowRecognizer.Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    int count = StemFrames.count(window.length());
    if (window.length() <= settings.maxWindowSamples()) {
      finder.accept(encoder.encode(stem.frames(window, 0, count)));
    } else {
      hearInSteps(window, finder, steps);
    }
  }

  private void hearInSteps(WindowSource window, TokenFinder finder, WindowRecognizer.Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    int count = StemFrames.count(window.length());
    int settled = settings.shape().settled();
    int span = settled + settings.shape().lookahead();
    try (ChunkEncoder.Steps encoding = encoder.steps()) {
      EncodedFrames frames = stem.frames(window, 0, Math.min(span, count));
      int start = 0;
      while (start + span < count) {
        EncodedFrames encoded = encoding.encode(frames, settled);
        finder.accept(new EncodedFrames(encoded.values(), settled, encoded.size()));
        start += settled;
        steps.heard((double) start / count);
        int end = Math.min(start + span, count);
        frames = shifted(frames, settled, stem.frames(window, start - settled + span, end));
      }
      finder.accept(encoding.encode(frames, 0));
    }
  }

  /** The frames without the first ones, and those that follow. */
  private static EncodedFrames shifted(EncodedFrames frames, int dropped, EncodedFrames more) {
    int kept = frames.count() - dropped;
    int size = frames.size();
    float[] values = new float[(kept + more.count()) * size];
    System.arraycopy(frames.values(), dropped * size, values, 0, kept * size);
    System.arraycopy(more.values(), 0, values, kept * size, more.count() * size);
    return new EncodedFrames(values, kept + more.count(), size);
  }
}
