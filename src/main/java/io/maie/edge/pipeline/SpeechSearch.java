package io.maie.edge.pipeline;

import io.maie.edge.audio.LevelCurve;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.vad.OnsetHearing;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the speech of a recording. A gain helps a detector with a faint voice, but hinders it where
 * it raises the noise of a room beside a far voice; so what was raised is listened to again as it
 * was recorded if nothing was found in it. Where stretches alone were raised, the detector still
 * remembers their noise when the speech begins; so both hearings count.
 */
final class SpeechSearch {
  private static final double NANOS_PER_SECOND = 1e9;

  /** Two hearings find edges of the same speech that differ by less than this, in seconds. */
  private static final double EDGE_SECONDS = 0.5;

  private final VoiceActivityDetector detector;
  private final SpeechRegionRules rules;
  private final StageContext context;

  SpeechSearch(VoiceActivityDetector detector, SpeechRegionRules rules, StageContext context) {
    this.detector = detector;
    this.rules = rules;
    this.context = context;
  }

  /**
   * The speech in {@code samples}.
   *
   * @param level of the recording, with the curve by which {@code samples} were raised
   */
  List<SpeechRegion> find(SampleSource samples, SoundLevel level)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechRegion> found = detector.detect(samples, rules, context);
    // the stage is at its end already as far as the first look reported
    StageContext silent =
        new StageContext(Progress.disabled(), context.cancellation(), context.checkpoint());
    OnsetHearing onsets = new OnsetHearing(detector, rules, silent);
    List<SpeechRegion> refined = onsets.refine(samples, found);
    LevelCurve curve = level.curve();
    boolean raisesStretches = curve.mostGainDecibels() > curve.gainDecibels();
    boolean hearsNothing = found.isEmpty() && curve.gainDecibels() > 0;
    if (!raisesStretches && !hearsNothing) {
      return refined;
    }
    SampleSource recorded = samples.before(curve);
    List<SpeechRegion> asRecorded =
        onsets.refine(recorded, detector.detect(recorded, rules, silent));
    return refined.isEmpty() ? asRecorded : withMore(refined, asRecorded);
  }

  /** The regions, and the parts of {@code others} between them that are more than an edge. */
  private List<SpeechRegion> withMore(List<SpeechRegion> regions, List<SpeechRegion> others) {
    List<SpeechRegion> between =
        SpeechRegions.found(others)
            .without(regions.stream().map(SpeechRegion::span).toList())
            .list();
    List<SampleSpan> spans = others.stream().map(SpeechRegion::span).toList();
    double shortest = rules.minSpeech().toNanos() / NANOS_PER_SECOND;
    return Stream.concat(
            regions.stream(),
            between.stream()
                .filter(
                    part ->
                        part.span().seconds()
                            > (spans.contains(part.span()) ? shortest : EDGE_SECONDS)))
        .sorted(Comparator.comparing(SpeechRegion::span))
        .toList();
  }
}
