package io.maie.edge.testing;

import io.maie.edge.pipeline.Engines;
import io.maie.edge.progress.Stage;
import io.maie.edge.vad.SpeechRegionRules;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Engines whose behaviour in each stage a test decides. */
public final class ScriptedEngines {
  /** Rules for tests that do not care. */
  public static final SpeechRegionRules RULES =
      new SpeechRegionRules(
          0.5, Duration.ofMillis(250), Duration.ofMillis(100), null, Duration.ofMillis(30));

  private final Map<Stage, StageHook> hooks = new EnumMap<>(Stage.class);

  /** Makes {@code stage} run {@code hook} before it answers, from now on. */
  public ScriptedEngines on(Stage stage, StageHook hook) {
    synchronized (hooks) {
      hooks.put(stage, hook);
    }
    return this;
  }

  public Engines engines() {
    return new Engines(
        new ScriptedDecoder(hook(Stage.DECODE)),
        () -> new ScriptedDetector(hook(Stage.VAD)),
        (backend, model) -> new ScriptedRecognizer(hook(Stage.ASR)));
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
}
