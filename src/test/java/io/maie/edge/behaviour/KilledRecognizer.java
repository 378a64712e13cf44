package io.maie.edge.behaviour;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.frames.DecodedWord;
import io.maie.edge.asr.frames.FrameRecognition;
import io.maie.edge.asr.frames.HeardWindow;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Hears windows of two seconds at most, as real models do, and says at which second each begins;
 * but the process ends by SIGKILL in windows that hold one of certain samples.
 */
final class KilledRecognizer implements SpeechRecognizer {
  static final int RATE = Waveform.SAMPLE_RATE;
  private static final int FRAME_SAMPLES = 320;

  private final FrameRecognition recognition;
  private final List<Long> fatalSamples;

  KilledRecognizer(List<Long> fatalSamples) throws ProcessingException, IOException {
    this.fatalSamples = List.copyOf(fatalSamples);
    ModelFolder folder =
        new ModelCatalog(Path.of("models"), new Checksums())
            .choose(ModelWish.ofInstallation(ModelTask.ASR, null, "moonshine-tiny-en"));
    ModelIdentity identity =
        new ModelIdentity("scripted-asr", "1", "sha256:" + "1".repeat(64), "fp32", Map.of());
    recognition =
        new FrameRecognition(
            identity,
            folder.manifest(),
            FRAME_SAMPLES,
            new WindowRules(2L * RATE, WindowRules.USUAL_PAUSE_SAMPLES),
            false);
  }

  /** Ends this process by SIGKILL. */
  static void killItself() throws IOException {
    new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).start();
    while (true) {
      LockSupport.park();
    }
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    return recognition.recognize(order, (window, steps) -> hear(window.window()));
  }

  private HeardWindow hear(SpeechWindow window) throws IOException {
    for (long sample : fatalSamples) {
      if (window.span().start() <= sample && sample < window.span().end()) {
        killItself();
      }
    }
    System.out.println("hears " + window.span().start() / RATE);
    int frames = Math.max(1, (int) (window.length() / FRAME_SAMPLES));
    String text = "heard " + window.span().start() / RATE;
    return new HeardWindow(List.of(new DecodedWord(text, 0, frames, 0.9)));
  }

  @Override
  public ModelIdentity model() {
    return recognition.identity();
  }
}
