package io.maie.edge.asr.whisper;

import io.maie.edge.asr.Preview;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SkippedStretches;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.ChunkOutcome;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.RoundCheckpoint;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One recording on its way through Whisper, in rounds: each decodes the next chunk of several
 * windows together. Not thread-safe.
 */
final class Transcription {
  private final WhisperEngine engine;
  private final SampleSource audio;
  private final List<WindowProgress> tracks = new ArrayList<>();
  private final PromptHistory context;
  private final LanguagePlan languages;
  private final SkippedStretches skipped;
  private final int batch;

  /** Language of the first chunk; for recordings in which nothing was said. */
  private @Nullable Language first;

  /**
   * Speech to recognise.
   *
   * @param packed whether the windows hold speech and little else
   */
  record Speech(SampleSource audio, List<SpeechWindow> windows, boolean packed) {
    Speech {
      windows = List.copyOf(windows);
    }
  }

  /** Nothing is heard yet. */
  Transcription(WhisperEngine engine, Speech speech, RequestCheck check, SkippedStretches skipped)
      throws ProcessingException {
    this.engine = engine;
    this.audio = speech.audio();
    this.skipped = skipped;
    RecognitionOptions asked = check.options();
    for (SpeechWindow window : speech.windows()) {
      Attempt each = Attempt.first(engine.options());
      StepBudget budget = new StepBudget(window.length(), engine.settings().shape(), each);
      tracks.add(new WindowProgress(window, speech.packed(), budget));
    }
    boolean chained = engine.options().conditionOnPrevious();
    context = new PromptHistory(engine.tokenizer(), engine.settings(), asked, chained);
    languages = new LanguagePlan(engine, check, context);
    batch = chained || skipped.isCareful() ? 1 : engine.batch();
  }

  /** Goes through the rounds that {@code checkpoint} does not remember. */
  void run(RoundCheckpoint checkpoint, StageContext stage)
      throws ProcessingException, TaskStoppedException, IOException {
    for (RoundCheckpoint.Round round : checkpoint.load()) {
      take(round, stage.progress());
    }
    List<Integer> next = nextTracks();
    if (!next.isEmpty()) {
      engine.openGraphs();
    }
    while (!next.isEmpty()) {
      double fraction = fraction();
      // a round may take minutes: each question whether to go on is a sign of life, too
      RoundCheckpoint.Round round =
          begin(next) ? round(next, () -> stage.tick(fraction)) : skipped(next.get(0));
      take(round, stage.progress());
      checkpoint.add(round);
      next = nextTracks();
    }
    skipped.end();
    stage.tick(1);
  }

  private boolean begin(List<Integer> chosen) {
    SampleSpan first = tracks.get(chosen.get(0)).nextSpan(chunkSamples());
    if (chosen.size() == 1) {
      return skipped.begin(first, tracks.get(chosen.get(0)).nextLength(chunkSamples()));
    }
    SampleSpan last = tracks.get(chosen.get(chosen.size() - 1)).nextSpan(chunkSamples());
    skipped.beginAll(new SampleSpan(first.start(), last.end()));
    return true;
  }

  private RoundCheckpoint.Round skipped(int track) {
    long samples = tracks.get(track).nextLength(chunkSamples());
    return new RoundCheckpoint.Round(List.of(ChunkOutcome.skipped(track, samples)));
  }

  private int chunkSamples() {
    return engine.settings().shape().chunkSamples();
  }

  /** The language of most of what was said, with its mean probability. */
  Optional<Language> language() {
    return languages.memory().main().or(() -> Optional.ofNullable(first));
  }

  List<Segment> segments() {
    return tracks.stream().flatMap(track -> track.segments().stream()).toList();
  }

  /** The first windows that are not finished, as many as share a prompt and fit the memory. */
  private List<Integer> nextTracks() {
    List<Integer> next = new ArrayList<>();
    for (int i = 0; i < tracks.size() && next.size() < batch; i++) {
      if (!tracks.get(i).isFinished()) {
        next.add(i);
        if (context.isOfOneTrackOnly()) {
          return next;
        }
      }
    }
    return next;
  }

  private RoundCheckpoint.Round round(List<Integer> chosen, Cancellation alive)
      throws ProcessingException, TaskStoppedException, IOException {
    List<LanguagePlan.Sound> chunks = new ArrayList<>();
    for (int each : chosen) {
      WindowProgress track = tracks.get(each);
      float[] samples = track.next(audio, chunkSamples()).samples();
      chunks.add(new LanguagePlan.Sound(samples, track.joints()));
    }
    EncodedChunks encoded =
        engine.encoder().encode(chunks.stream().map(LanguagePlan.Sound::samples).toList(), alive);
    try {
      return decoded(encoded, tasks(chosen, languages.told(chunks, encoded)), alive);
    } finally {
      engine.decoder().rest();
    }
  }

  private RoundCheckpoint.Round decoded(
      EncodedChunks encoded, List<ChunkTask> tasks, Cancellation alive)
      throws ProcessingException, TaskStoppedException {
    List<DecodedChunk> decoded = engine.decoder().decode(encoded, tasks, alive);
    List<ChunkOutcome> steps = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      steps.add(context.written(heard(encoded.one(i), tasks.get(i), decoded.get(i), alive)));
    }
    return new RoundCheckpoint.Round(steps);
  }

  private ChunkOutcome heard(
      EncodedChunks own, ChunkTask task, DecodedChunk first, Cancellation alive)
      throws ProcessingException, TaskStoppedException {
    WindowProgress track = tracks.get(task.track());
    int length = task.samples().length;
    // a chunk that was cut where the language changes was encoded again
    int encodings = length < track.nextLength(chunkSamples()) ? 2 : 1;
    long begun =
        (long) encodings * StepBudget.ENCODER_STEPS
            + Attempt.first(engine.options()).cost(first.steps());
    DecodingFallback.Retry retry =
        (language, attempt) -> engine.decoder().again(own, task, language, attempt, alive);
    DecodingFallback fallback =
        new DecodingFallback(
            retry,
            engine.options(),
            task,
            new DecodingFallback.Room(
                task.leastRoom(engine.settings().shape()),
                track.budget().spare(length, begun, track.restBehind(length))));
    DecodedChunk best = fallback.climb(first);
    long cost = begun + fallback.spent();
    return new SegmentAssembler(engine, track, task, best)
        .step(own, samples -> track.budget().covers(cost, track.restBehind(samples)))
        .withSteps(cost);
  }

  private List<ChunkTask> tasks(List<Integer> chosen, List<LanguagePlan.Chunk> told) {
    List<ChunkTask> tasks = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      WindowProgress track = tracks.get(chosen.get(i));
      LanguagePlan.Chunk chunk = told.get(i);
      ChunkEnd end = chunk.changes() ? ChunkEnd.PACKED : track.endOf(chunk.samples().length);
      long seed = 1_000_003L * chosen.get(i) + track.heard();
      tasks.add(new ChunkTask(chosen.get(i), chunk.samples(), end, chunk.tries(), seed));
    }
    return tasks;
  }

  private void take(RoundCheckpoint.Round round, Progress progress) {
    for (ChunkOutcome step : round.steps()) {
      WindowProgress track = tracks.get(step.track());
      if (step.isSkipped()) {
        skipped.add(track.nextSpan(step.samples()), step.samples());
      }
      track.advance(step);
      context.add(step);
      remember(step);
      Preview.show(step.segments(), progress);
    }
  }

  private void remember(ChunkOutcome step) {
    Language heardIn = step.language();
    if (heardIn != null) {
      first = first == null ? heardIn : first;
      if (!step.segments().isEmpty()) {
        languages.memory().add(heardIn, (double) step.samples() / Waveform.SAMPLE_RATE);
      }
    }
  }

  private double fraction() {
    long all = tracks.stream().mapToLong(WindowProgress::length).sum();
    return (double) tracks.stream().mapToLong(WindowProgress::heard).sum() / Math.max(1, all);
  }
}
