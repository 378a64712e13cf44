package io.maie.edge.testing;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Hears speech from the first sample that is not zero to the end. */
public record ScriptedDetector(StageHook hook) implements VoiceActivityDetector {

  @Override
  public List<SpeechRegion> detect(
      SampleSource audio, SpeechRegionRules rules, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    hook.run(context);
    context.tick(1);
    float[] samples = audio.read(new SampleSpan(0, audio.length())).samples();
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] != 0) {
        return List.of(new SpeechRegion(new SampleSpan(i, samples.length)));
      }
    }
    return List.of();
  }

  @Override
  public ModelIdentity model() {
    return new ModelIdentity("scripted-vad", "1", "sha256:" + "0".repeat(64), "fp32", Map.of());
  }
}
