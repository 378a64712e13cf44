package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.UnheardSpeech;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A recogniser that hears each stretch of speech without words again, by itself. Models end a
 * window early, or pass over a voice behind a louder one; they mostly understand such a stretch
 * alone. Without speech detection nothing is heard again.
 */
final class SecondHearing implements SpeechRecognizer {
  /** Words at the beginning of a stretch may leave its rest for another round. */
  private static final int MAX_ROUNDS = 3;

  /** Context decoded on either side of a stretch: 0.25 s. */
  private static final long EDGE_SAMPLES = Waveform.SAMPLE_RATE / 4;

  /** The share of the progress that the first hearing makes. */
  private static final double FIRST_SHARE = 0.9;

  private final SpeechRecognizer recognizer;

  SecondHearing(SpeechRecognizer recognizer) {
    this.recognizer = requireNonNull(recognizer, "recognizer is null");
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    Recognition first = recognizer.recognize(order.within(first(order.context())));
    Recognition all =
        order.regions().areFound()
            ? completed(first, order.with(order.options().withoutPrompt()))
            : first;
    order.context().tick(1);
    return all;
  }

  private Recognition completed(Recognition first, SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    List<Segment> segments = first.transcript().segments();
    List<SampleSpan> skipped = new ArrayList<>(first.skipped());
    Set<SampleSpan> tried = new HashSet<>();
    for (int round = 0; round < MAX_ROUNDS; round++) {
      List<SampleSpan> unheard =
          UnheardSpeech.in(order.regions().without(skipped).list(), segments).stream()
              .filter(tried::add)
              .toList();
      for (SampleSpan stretch : unheard) {
        order.context().tick(FIRST_SHARE);
        StageContext own = again(order.context(), stretch.start());
        if (SkippedStretches.isLeftOut(own.checkpoint().crashes(""), own.checkpoint())) {
          skipped.add(stretch);
          continue;
        }
        SpeechRegion edged = new SpeechRegion(withEdges(stretch, order.audio()));
        Recognition again =
            recognizer.recognize(order.in(SpeechRegions.found(List.of(edged))).within(own));
        segments = SegmentMerge.of(segments, again.transcript().segments());
        skipped.addAll(again.skipped());
      }
    }
    return new Recognition(
        first.transcript().withSegments(segments), first.removed(), skipped, first.warnings());
  }

  private static SampleSpan withEdges(SampleSpan stretch, SampleSource audio) {
    return new SampleSpan(
        Math.max(0, stretch.start() - EDGE_SAMPLES),
        Math.min(audio.length(), stretch.end() + EDGE_SAMPLES));
  }

  private static StageContext first(StageContext context) {
    return new StageContext(
        context.progress().first(FIRST_SHARE), context.cancellation(), context.checkpoint());
  }

  /** Gives the checkpoints of a stretch names of their own. */
  private static StageContext again(StageContext context, long start) {
    Checkpoint own = context.checkpoint().within("again-" + start + "-");
    return new StageContext(
        fraction -> context.progress().report(FIRST_SHARE), context.cancellation(), own);
  }

  @Override
  public ModelIdentity model() {
    return recognizer.model();
  }
}
