package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.transcript.Segment;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hears the windows of a recording in order, each encoded while the one before is decoded. */
final class WindowDecoding implements AutoCloseable {
  private final MoonshineEngine engine;
  private final String language;
  private final List<SpeechWindow> windows;
  private final SampleSource audio;
  private final EncodingAhead ahead;
  private EncodingAhead.@Nullable Pending next;

  /**
   * Begins nothing yet.
   *
   * @param language that is spoken, ISO 639-1
   */
  WindowDecoding(
      MoonshineEngine engine, String language, List<SpeechWindow> windows, SampleSource audio) {
    this.engine = engine;
    this.language = language;
    this.windows = List.copyOf(windows);
    this.audio = audio;
    ahead = new EncodingAhead(engine.encoders(), engine.isParallel());
  }

  /**
   * Decodes a window.
   *
   * @param index of the window; one more than in the call before
   */
  List<Segment> hear(int index, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException, IOException {
    Optional<EncodingAhead.Encoded> encoded = encoded(index, cancellation);
    next = index + 1 < windows.size() ? start(index + 1) : null;
    return hear(index, encoded, cancellation);
  }

  /** The same while no other window is encoded. */
  List<Segment> hearAlone(int index, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException, IOException {
    Optional<EncodingAhead.Encoded> encoded = encoded(index, cancellation);
    next = null;
    return hear(index, encoded, cancellation);
  }

  private Optional<EncodingAhead.Encoded> encoded(int index, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException, IOException {
    EncodingAhead.Pending pending = next;
    return ahead.await(pending == null ? start(index) : pending, cancellation);
  }

  private List<Segment> hear(
      int index, Optional<EncodingAhead.Encoded> encoded, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException {
    return encoded.isEmpty()
        ? List.of()
        : new WindowHearing(engine, language, cancellation, windows.get(index)).hear(encoded.get());
  }

  private EncodingAhead.Pending start(int index) throws IOException {
    return ahead.start(windows.get(index).read(audio).samples());
  }

  @Override
  public void close() {
    ahead.close();
  }
}
