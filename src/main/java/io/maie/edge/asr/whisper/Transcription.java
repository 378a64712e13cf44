package io.maie.edge.asr.whisper;

import io.maie.edge.asr.Preview;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.RoundCheckpoint;
import io.maie.edge.asr.seq2seq.Step;
import io.maie.edge.audio.SampleSource;
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
  private static final String ENGLISH = "en";

  private final WhisperEngine engine;
  private final SampleSource audio;
  private final RecognitionOptions asked;
  private final List<Track> tracks = new ArrayList<>();
  private final Context context;
  private final int batch;
  private @Nullable Language language;

  Transcription(
      WhisperEngine engine,
      SampleSource audio,
      List<SpeechWindow> windows,
      RecognitionOptions asked,
      @Nullable Language language)
      throws ProcessingException, IOException {
    this.engine = engine;
    this.audio = audio;
    this.asked = asked;
    this.language = language;
    windows.forEach(window -> tracks.add(new Track(window)));
    boolean chained = engine.options().conditionOnPrevious();
    context = new Context(engine.tokenizer(), engine.settings(), asked, chained);
    batch = chained ? 1 : engine.batch();
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
      RoundCheckpoint.Round round = round(next, () -> stage.tick(fraction));
      take(round, stage.progress());
      checkpoint.add(round);
      next = nextTracks();
    }
    stage.tick(1);
  }

  Optional<Language> language() {
    return Optional.ofNullable(language);
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
    List<float[]> chunks = new ArrayList<>();
    for (int track : chosen) {
      int chunkSamples = engine.settings().shape().chunkSamples();
      chunks.add(tracks.get(track).next(audio, chunkSamples).samples());
    }
    EncodedChunks encoded = engine.encoder().encode(chunks, alive);
    Language spoken = language(encoded);
    Prompt prompt =
        Prompt.of(
            engine.settings(),
            context.previous(),
            spoken == null ? "" : spoken.code(),
            asked.translate(),
            true);
    Round round =
        new Round(engine, prompt, spoken == null ? ENGLISH : spoken.code(), chosen, tracks, chunks);
    engine.decoder().decode(encoded, prompt, round.seeds(), round, alive);
    return new RoundCheckpoint.Round(spoken, round.steps());
  }

  private @Nullable Language language(EncodedChunks encoded) throws ProcessingException {
    return language == null && engine.settings().tokens().multilingual()
        ? engine.decoder().detectLanguage(encoded)
        : language;
  }

  private void take(RoundCheckpoint.Round round, Progress progress) {
    language = round.language();
    for (Step step : round.steps()) {
      tracks.get(step.track()).advance(step.samples(), step.segments());
      context.add(step);
      Preview.show(step.segments(), progress);
    }
  }

  private double fraction() {
    long all = tracks.stream().mapToLong(Track::length).sum();
    return (double) tracks.stream().mapToLong(Track::heard).sum() / Math.max(1, all);
  }
}
