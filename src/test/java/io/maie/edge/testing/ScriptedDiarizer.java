package io.maie.edge.testing;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.transcript.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hears as many speakers as it must, each in an equal part of the recording. */
public record ScriptedDiarizer(StageHook hook) implements Diarizer {

  @Override
  public Diarization diarize(
      SampleSource audio, List<SpeechRegion> speech, SpeakerCount count, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    hook.run(context);
    context.tick(1);
    List<Turn> turns = new ArrayList<>();
    List<Diarization.Voice> voices = new ArrayList<>();
    for (int i = 0; i < count.min(); i++) {
      long start = audio.length() * i / count.min();
      long end = audio.length() * (i + 1) / count.min();
      turns.add(new Turn(new SampleSpan(start, end), i + 1));
      voices.add(new Diarization.Voice(i + 1, new float[] {i}));
    }
    return new Diarization(turns, voices);
  }

  @Override
  public Voiceprint voiceprint(String name, List<SampleSource> samples, StageContext context) {
    return new Voiceprint(name, models().get(1).checkpointHash(), new float[] {1});
  }

  @Override
  public List<ModelIdentity> models() {
    return List.of(identity("scripted-segmentation"), identity("scripted-embedding"));
  }

  private static ModelIdentity identity(String name) {
    return new ModelIdentity(name, "1", "sha256:" + "0".repeat(64), "fp32", Map.of());
  }
}
