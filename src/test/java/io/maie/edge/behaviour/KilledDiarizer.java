package io.maie.edge.behaviour;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.diarization.pieces.PieceDiarizer;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Tells speakers apart with the models that ship; but the process ends by SIGKILL as soon as one of
 * certain groups of its work has been kept.
 */
final class KilledDiarizer implements Diarizer {
  private final PieceDiarizer diarizer;
  private final List<String> fatalGroups;

  KilledDiarizer(List<String> fatalGroups) throws ProcessingException {
    this.fatalGroups = List.copyOf(fatalGroups);
    ModelCatalog catalog = new ModelCatalog(Path.of("models"), new Checksums());
    // ends with the process
    OnnxRuntime runtime =
        new OnnxRuntime(new OnnxOptions(Device.CPU, 2, Duration.ZERO), Ticker.system());
    diarizer =
        PieceDiarizer.open(
            catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_SEGMENTATION, null, null)),
            catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_EMBEDDING, null, null)),
            runtime);
  }

  @Override
  public Diarization diarize(
      SampleSource audio, List<SpeechRegion> speech, SpeakerCount count, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    StageContext deadly =
        new StageContext(
            context.progress(), context.cancellation(), new DeadlyCheckpoint(context.checkpoint()));
    return diarizer.diarize(audio, speech, count, deadly);
  }

  private final class DeadlyCheckpoint implements Checkpoint {
    private final Checkpoint kept;

    DeadlyCheckpoint(Checkpoint kept) {
      this.kept = kept;
    }

    @Override
    public Optional<byte[]> load(String name) throws IOException {
      return kept.load(name);
    }

    @Override
    public void save(String name, byte[] value) throws IOException {
      kept.save(name, value);
      if (fatalGroups.contains(name)) {
        KilledRecognizer.killItself();
      }
    }
  }

  @Override
  public Voiceprint voiceprint(String name, List<SampleSource> samples, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    return diarizer.voiceprint(name, samples, context);
  }

  @Override
  public List<ModelIdentity> models() {
    return diarizer.models();
  }
}
