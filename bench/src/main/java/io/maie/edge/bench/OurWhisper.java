package io.maie.edge.bench;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.whisper.WhisperOptions;
import io.maie.edge.asr.whisper.WhisperRecognizer;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.RunTimes;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The product's recogniser on windows of 30 s, in this process. */
final class OurWhisper implements AutoCloseable {
  private static final int TOKENS = 100;
  private static final int WINDOW_SAMPLES = 30 * Waveform.SAMPLE_RATE;

  private final OnnxRuntime runtime;
  private final ModelFolder model;
  private final SampleSource audio;
  private final List<SpeechRegion> windows = new ArrayList<>();
  private final Map<WhisperOptions, WhisperRecognizer> recognizers = new HashMap<>();

  OurWhisper(Path models, String size, float[] samples, int threads) throws Exception {
    runtime = new OnnxRuntime(new OnnxOptions(Device.CPU, threads, Duration.ZERO), Ticker.system());
    model =
        new ModelCatalog(models, new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, size, null));
    audio = SampleSource.of(Waveform.of(samples));
    for (int at = 0; at + WINDOW_SAMPLES <= samples.length; at += WINDOW_SAMPLES) {
      windows.add(new SpeechRegion(new SampleSpan(at, at + WINDOW_SAMPLES)));
    }
  }

  /**
   * Recognises every window.
   *
   * @param batch windows at once; 0 = as the product chooses
   */
  WhisperCost run(int beams, int batch) throws Exception {
    WhisperOptions options =
        new WhisperOptions(beams, 1, List.of(0.0), 1000, -1000, 1, false, false, batch);
    WhisperRecognizer recognizer = recognizers.get(options);
    if (recognizer == null) {
      // as in the daemon, vocabulary and graphs are there when a recording comes
      recognizer = WhisperRecognizer.open(model, options, runtime);
      recognizers.put(options, recognizer);
      recognize(recognizer);
    }
    RunTimes encoderBefore = runs("encoder");
    RunTimes decoderBefore = runs("decoder");
    long begin = System.nanoTime();
    recognize(recognizer);
    double whole = (System.nanoTime() - begin) / 1e6;
    RunTimes encoder = runs("encoder").since(encoderBefore);
    RunTimes decoder = runs("decoder").since(decoderBefore);
    requireAll(encoder, decoder, batch);
    double inside = millis(encoder) + millis(decoder);
    return new WhisperCost(
        whole,
        millis(encoder) / windows.size(),
        millis(decoder) / windows.size() / TOKENS,
        millis(decoder),
        1 - inside / whole);
  }

  private void recognize(WhisperRecognizer recognizer) throws Exception {
    recognizer.recognize(
        new SpeechOrder(
            audio,
            SpeechRegions.found(windows),
            new RecognitionOptions("en", false, null, List.of()),
            StageContext.disabled()));
  }

  /**
   * Windows that were cut otherwise, or texts of another length, would compare unlike with unlike.
   */
  private void requireAll(RunTimes encoder, RunTimes decoder, int batch) {
    long fewest = batch == 1 ? (long) TOKENS * windows.size() : TOKENS;
    if (encoder.runs() != windows.size() || decoder.runs() < fewest) {
      throw new IllegalStateException(
          "expected %d windows of %d tokens, found %s and %s"
              .formatted(windows.size(), TOKENS, encoder, decoder));
    }
  }

  private RunTimes runs(String graph) throws Exception {
    return runtime.runTimes(model.file(model.manifest().settings(), graph));
  }

  private static double millis(RunTimes times) {
    return times.total().toNanos() / 1e6;
  }

  @Override
  public void close() {
    runtime.close();
  }
}
