package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;

/** The models that ship with the program. */
final class ShippedDiarizer implements AutoCloseable {
  private final OnnxRuntime runtime;

  ShippedDiarizer(int threads) {
    runtime = new OnnxRuntime(new OnnxOptions(Device.CPU, threads, Duration.ZERO), Ticker.system());
  }

  PieceDiarizer diarizer() throws Exception {
    return PieceDiarizer.open(
        folder(ModelTask.SPEAKER_SEGMENTATION), folder(ModelTask.SPEAKER_EMBEDDING), runtime);
  }

  SegmentationModel segmentation() throws Exception {
    return new SegmentationFolder(folder(ModelTask.SPEAKER_SEGMENTATION)).model(runtime);
  }

  EmbeddingModel embedding() throws Exception {
    return new EmbeddingFolder(folder(ModelTask.SPEAKER_EMBEDDING)).model(runtime);
  }

  Diarization diarize(SampleSource audio) throws Exception {
    return diarize(audio, SpeakerCount.ANY);
  }

  Diarization diarize(SampleSource audio, SpeakerCount count) throws Exception {
    return diarizer().diarize(audio, SpeechRegion.whole(audio), count, StageContext.disabled());
  }

  private static ModelFolder folder(ModelTask task) throws Exception {
    return new ModelCatalog(Path.of("models"), new Checksums()).choose(ModelWish.any(task));
  }

  @Override
  public void close() {
    runtime.close();
  }
}
