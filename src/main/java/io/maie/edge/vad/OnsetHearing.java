package io.maie.edge.vad;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Listens again to the beginnings of speech after long pauses, as if the recording began a second
 * before each. A detector remembers: after seconds of noise it misses soft first words, and without
 * anything before it begins late. The second hearing does not depend on the sound before the pause.
 */
public final class OnsetHearing {
  /** Samples before and behind the beginning that are heard again, and the least pause: 1 s. */
  private static final int AROUND_SAMPLES = Waveform.SAMPLE_RATE;

  /** Silence that the detector hears before the first samples of a recording: 0.3 s. */
  private static final int SILENCE_SAMPLES = 3 * Waveform.SAMPLE_RATE / 10;

  /** Beginnings that move less are left: 0.1 s. */
  private static final int LEAST_MOVE = Waveform.SAMPLE_RATE / 10;

  private final VoiceActivityDetector detector;
  private final SpeechRegionRules rules;
  private final StageContext context;

  /**
   * @param rules by which the regions were found
   * @param context of the second hearing; its progress starts anew for each region
   */
  public OnsetHearing(
      VoiceActivityDetector detector, SpeechRegionRules rules, StageContext context) {
    this.detector = requireNonNull(detector, "detector is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.context = requireNonNull(context, "context is null");
  }

  /** The same regions, some of which begin earlier. */
  public List<SpeechRegion> refine(SampleSource audio, List<SpeechRegion> regions)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechRegion> refined = new ArrayList<>(regions.size());
    long quietFrom = 0;
    for (SpeechRegion region : regions) {
      SampleSpan span = region.span();
      boolean isFirst = refined.isEmpty();
      boolean isBehindPause = isFirst || span.start() - quietFrom >= AROUND_SAMPLES;
      long start = isBehindPause ? Math.max(quietFrom, earliest(audio, span)) : span.start();
      refined.add(new SpeechRegion(new SampleSpan(start, span.end())));
      quietFrom = span.end();
    }
    return List.copyOf(refined);
  }

  /**
   * The sample at which the speech of a region begins on second hearing; never later than before.
   */
  private long earliest(SampleSource audio, SampleSpan region)
      throws ProcessingException, TaskStoppedException, IOException {
    boolean isAtBeginning = region.start() < AROUND_SAMPLES;
    long from = isAtBeginning ? -SILENCE_SAMPLES : region.start() - AROUND_SAMPLES;
    long to = Math.min(region.end(), region.start() + AROUND_SAMPLES);
    float[] read = audio.read(new SampleSpan(Math.max(0, from), to)).samples();
    float[] heard = new float[(int) (to - from)];
    System.arraycopy(read, 0, heard, heard.length - read.length, read.length);
    List<SpeechRegion> again = detector.detect(SampleSource.of(Waveform.of(heard)), rules, context);
    long earliest = region.start();
    for (int i = again.size() - 1; i >= 0; i--) {
      SampleSpan span = again.get(i).span();
      if (from + span.end() >= earliest) {
        earliest = Math.max(0, Math.min(earliest, from + span.start()));
      }
    }
    return region.start() - earliest < LEAST_MOVE ? region.start() : earliest;
  }
}
