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
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.Outputs;
import io.maie.edge.onnx.Tensor;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

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

  /** The log-probabilities of one window, shape (frames, classes). */
  float[] segmentationScores(float[] samples) throws Exception {
    ModelFolder folder = folder(ModelTask.SPEAKER_SEGMENTATION);
    OnnxModel model =
        runtime.model(folder.name(), folder.file(folder.manifest().settings(), "model"));
    try (Tensor input = Tensor.of(samples, 1, 1, samples.length);
        Outputs outputs = model.run(Map.of(model.inputs().get(0).name(), input))) {
      return outputs.floats(model.outputs().get(0).name());
    }
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
    return new ModelCatalog(Path.of("models"), new Checksums())
        .choose(ModelWish.ofInstallation(task, null, null));
  }

  @Override
  public void close() {
    runtime.close();
  }
}
