package io.maie.edge.asr.moonshine;

import io.maie.edge.asr.Preview;
import io.maie.edge.asr.SkippedStretches;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.ChunkOutcome;
import io.maie.edge.asr.seq2seq.RoundCheckpoint;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.transcript.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One recording on its way through Moonshine, window by window. Not thread-safe. */
final class Transcription {
  private final List<SpeechWindow> windows;
  private final RoundCheckpoint checkpoint;
  private final StageContext context;
  private final SkippedStretches skipped;
  private final List<Segment> segments = new ArrayList<>();
  private int next;

  /** Takes over what {@code checkpoint} remembers. */
  Transcription(List<SpeechWindow> windows, RoundCheckpoint checkpoint, StageContext context)
      throws IOException {
    this.windows = List.copyOf(windows);
    this.checkpoint = checkpoint;
    this.context = context;
    skipped = SkippedStretches.of(windows, context.checkpoint());
    for (RoundCheckpoint.Round round : checkpoint.load()) {
      round.steps().forEach(this::take);
    }
  }

  boolean isComplete() {
    return next == windows.size();
  }

  /** Hears the windows that are left. */
  void run(WindowDecoding decoding) throws ProcessingException, TaskStoppedException, IOException {
    while (!isComplete()) {
      context.tick(fraction());
      ChunkOutcome step =
          skipped.begin(windows.get(next))
              ? heard(decoding)
              : ChunkOutcome.skipped(next, windows.get(next).length());
      checkpoint.add(new RoundCheckpoint.Round(List.of(step)));
      take(step);
    }
    skipped.end();
  }

  private ChunkOutcome heard(WindowDecoding decoding)
      throws ProcessingException, TaskStoppedException, IOException {
    double fraction = fraction();
    List<Segment> said =
        skipped.isCareful()
            ? decoding.hearAlone(next, () -> context.tick(fraction))
            : decoding.hear(next, () -> context.tick(fraction));
    long samples = windows.get(next).length();
    return new ChunkOutcome(next, samples, said, List.of(), 0, said.isEmpty(), null, 0, false);
  }

  private void take(ChunkOutcome step) {
    if (step.isSkipped()) {
      skipped.add(windows.get(step.track()));
    }
    segments.addAll(step.segments());
    Preview.show(step.segments(), context.progress());
    next++;
  }

  private double fraction() {
    return (double) next / windows.size();
  }

  List<Segment> segments() {
    return List.copyOf(segments);
  }

  List<SampleSpan> skipped() {
    return skipped.list();
  }
}
