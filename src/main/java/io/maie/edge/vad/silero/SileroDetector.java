package io.maie.edge.vad.silero;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.vad.SpeechRegionFinder;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/**
 * Finds speech with a model of the Silero family. The names of its inputs tell its version. Memory
 * does not grow with the recording.
 */
public final class SileroDetector implements VoiceActivityDetector {
  /** Family of these models in manifests. */
  public static final String FAMILY = "silero";

  /** The steps are tiny: a second thread would cost more than it computes. */
  private static final ModelUse USE = new ModelUse(FailureCode.PROCESSING_ERROR, 1);

  /** Windows that are read at once: 16 s, 1 MB. */
  private static final int WINDOWS_PER_BLOCK = 512;

  private final OnnxModel model;
  private final SileroOptions options;
  private Map<String, Object> lastRules = Map.of();

  /**
   * @param file the model; opened when first used
   */
  public SileroDetector(OnnxRuntime runtime, Path file, SileroOptions options) {
    this.options = requireNonNull(options, "options is null");
    this.model = runtime.model(options.name(), file, USE);
  }

  /**
   * A model as its folder describes it; its file opens when first used. The thresholds in a
   * manifest are those that the model was tuned with; in force are those of the rules.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the manifest cannot be obeyed
   */
  public static SileroDetector open(ModelFolder folder, OnnxRuntime runtime)
      throws ProcessingException {
    ManifestSection settings = folder.manifest().settings();
    return new SileroDetector(
        runtime, folder.file(settings, SileroOptions.MODEL_KEY), SileroOptions.of(folder));
  }

  @Override
  public List<SpeechRegion> detect(
      SampleSource audio, SpeechRegionRules rules, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    lastRules = describe(rules);
    SpeechRegionFinder finder = new SpeechRegionFinder(rules, options.windowSamples());
    scan(audio, finder::accept, context);
    return finder.finish(audio.length());
  }

  /** Tells {@code sink} the probability of each window; the last one is filled up with zeros. */
  void scan(SampleSource audio, DoubleConsumer sink, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    int window = options.windowSamples();
    long length = audio.length();
    long block = (long) window * WINDOWS_PER_BLOCK;
    try (SileroStep step = SileroStep.open(model, options)) {
      for (long start = 0; start < length; start += block) {
        context.tick((double) start / length);
        context.checkpoint().begin("sound from sample " + start);
        SampleSpan span = new SampleSpan(start, Math.min(length, start + block));
        float[] samples = audio.read(span).samples();
        for (int offset = 0; offset < samples.length; offset += window) {
          sink.accept(step.probability(samples, offset));
        }
      }
    }
    context.checkpoint().begin("");
  }

  /** The model, with the rules it was last used with. */
  @Override
  public ModelIdentity model() {
    return new ModelIdentity(
        options.name(),
        options.variant(),
        options.checkpointHash(),
        options.computeType(),
        lastRules);
  }

  private static Map<String, Object> describe(SpeechRegionRules rules) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("threshold", rules.threshold());
    described.put("negative_threshold", rules.effectiveNegativeThreshold());
    described.put("min_speech_ms", rules.minSpeech().toMillis());
    described.put("min_silence_ms", rules.minSilence().toMillis());
    described.put("padding_ms", rules.padding().toMillis());
    Duration longest = rules.maxSpeech();
    if (longest != null) {
      described.put("max_speech_ms", longest.toMillis());
    }
    return described;
  }
}
