package io.maie.edge.asr.transducer;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.WindowSource;
import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.HeardWindow;
import io.maie.edge.asr.frames.WindowRecognizer;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears windows through an encoder, several at once where its graph takes them, and finds the words
 * of each by itself: a search goes on frame by frame, and would wait for the longest window. Used
 * by one thread at a time.
 */
public final class EncodedWindows implements WindowRecognizer {
  private final TransducerEncoder encoder;
  private final int batch;
  private final WordFinder finder;

  /** Finds the words in the encoded frames of a window. */
  @FunctionalInterface
  public interface WordFinder {

    /** The words said, in order of time. */
    List<DecodedWord> words(EncodedFrames frames) throws ProcessingException;
  }

  /**
   * A listener.
   *
   * @param batch windows at once, 1 or more
   */
  public EncodedWindows(TransducerEncoder encoder, int batch, WordFinder finder) {
    this.encoder = requireNonNull(encoder, "encoder is null");
    this.batch = batch;
    this.finder = requireNonNull(finder, "finder is null");
  }

  @Override
  public HeardWindow hear(WindowSource window, Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    return hearAll(List.of(window), steps).get(0);
  }

  @Override
  public List<HeardWindow> hearAll(List<WindowSource> windows, Steps steps)
      throws ProcessingException, TaskStoppedException, IOException {
    List<float[]> samples = new ArrayList<>();
    for (WindowSource window : windows) {
      samples.add(window.read().samples());
    }
    List<HeardWindow> heard = new ArrayList<>();
    for (EncodedFrames frames : encoder.encode(samples)) {
      heard.add(new HeardWindow(finder.words(frames)));
      steps.heard((double) heard.size() / windows.size());
    }
    return heard;
  }

  @Override
  public int batch() throws ProcessingException {
    return batch > 1 && encoder.takesSeveral() ? batch : 1;
  }
}
