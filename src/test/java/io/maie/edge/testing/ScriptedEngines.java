package io.maie.edge.testing;

import io.maie.edge.asr.ChosenRecognizer;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognizerChoice;
import io.maie.edge.asr.RecognizerWish;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.KnownVoices;
import io.maie.edge.pipeline.Engines;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.FilterIdentity;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.Summaries;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.vad.SpeechRegionRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Engines whose behaviour in each stage a test decides. */
public final class ScriptedEngines {
  /** Rules for tests that do not care. */
  public static final SpeechRegionRules RULES =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(250), Duration.ofMillis(100), null, Duration.ofMillis(30));

  private final Map<Stage, StageHook> hooks = new EnumMap<>(Stage.class);
  private volatile @Nullable Transcript heard;
  private volatile @Nullable SpeechRecognizer recognizer;
  private volatile @Nullable Diarizer diarizer;
  private volatile @Nullable String identity;
  private volatile List<String> languages = List.of();
  private volatile KnownVoices voices = List::of;
  private volatile TranscriptFilter filter = TranscriptFilter.disabled();

  /** Makes {@code stage} run {@code hook} before it answers, from now on. */
  public ScriptedEngines on(Stage stage, StageHook hook) {
    synchronized (hooks) {
      hooks.put(stage, hook);
    }
    return this;
  }

  /** Makes the recogniser hear {@code transcript}, whatever was said, from now on. */
  public ScriptedEngines hearing(Transcript transcript) {
    heard = transcript;
    return this;
  }

  /** Makes {@code wanted} recognise in place of a scripted recogniser, from now on. */
  public ScriptedEngines hearingBy(SpeechRecognizer wanted) {
    recognizer = wanted;
    return this;
  }

  /** Makes {@code wanted} tell speakers apart in place of a scripted diarizer, from now on. */
  public ScriptedEngines tellingApartBy(Diarizer wanted) {
    diarizer = wanted;
    return this;
  }

  /** Makes the recogniser's model know {@code codes} only, from now on. */
  public ScriptedEngines knowing(String... codes) {
    languages = List.of(codes);
    return this;
  }

  /** Puts {@code wanted} behind the recogniser from now on. */
  public ScriptedEngines filteredBy(TranscriptFilter wanted) {
    filter = wanted;
    return this;
  }

  /** Makes these voices known from now on. */
  public ScriptedEngines knowing(KnownVoices known) {
    voices = known;
    return this;
  }

  /** Makes results answer other recordings as long as the engines are called the same. */
  public ScriptedEngines called(String name) {
    identity = name;
    return this;
  }

  /** Identity of the engines; empty = no result answers another recording. */
  public Optional<String> identity() {
    return Optional.ofNullable(identity);
  }

  public Engines engines() {
    return new Engines(
        new ScriptedDecoder(hook(Stage.DECODE)),
        () -> new ScriptedDetector(hook(Stage.VAD)),
        new CurrentRecognizers(),
        this::diarizer,
        () -> voices.list(),
        new CurrentFilter(),
        new Summaries(
            new TemplateFolders(List.of(Path.of("config", "templates"))),
            new ExtractiveEngine(),
            Optional.empty()));
  }

  private Diarizer diarizer() {
    Diarizer wanted = diarizer;
    return wanted == null ? new ScriptedDiarizer(hook(Stage.DIARIZATION)) : wanted;
  }

  private StageHook hook(Stage stage) {
    return context -> {
      StageHook current;
      synchronized (hooks) {
        current = hooks.getOrDefault(stage, StageHook.none());
      }
      current.run(context);
    };
  }

  /** Hears what is set when it is asked. */
  private final class CurrentRecognizers implements RecognizerChoice {
    @Override
    public ChosenRecognizer choose(RecognizerWish wish) {
      return chosen(false);
    }

    @Override
    public RecognizerChoice sparingMemory() {
      return wish -> chosen(true);
    }

    private ChosenRecognizer chosen(boolean spares) {
      SpeechRecognizer wanted = recognizer;
      return new ChosenRecognizer(
          wanted == null ? new ScriptedRecognizer(hook(Stage.ASR), heard, spares) : wanted,
          languages);
    }
  }

  /** Asks the filter that is set at the time of the call. */
  private final class CurrentFilter implements TranscriptFilter {
    @Override
    public Recognition apply(Recognition recognition, SpeechOrder order) throws IOException {
      return filter.apply(recognition, order);
    }

    @Override
    public Optional<FilterIdentity> identity() {
      return filter.identity();
    }
  }
}
