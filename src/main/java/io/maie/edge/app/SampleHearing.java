package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerFamily;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.config.Settings;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/**
 * Hears a sample with one model folder. No other model takes part: neither one that finds speech,
 * nor the one that recordings are heard with.
 */
final class SampleHearing {
  private static final String LANGUAGE = "en";
  private static final double NANOS_PER_SECOND = 1e9;

  private final Settings settings;
  private final Path sample;
  private final Ticker ticker = SystemTime.clock().ticker();
  private final Ticker stopwatch;

  /**
   * Hearings of one sample.
   *
   * @param sample a recording in English
   * @param stopwatch measures how long a hearing takes
   */
  SampleHearing(Settings settings, Path sample, Ticker stopwatch) {
    this.settings = requireNonNull(settings, "settings is null");
    this.sample = requireNonNull(sample, "sample is null");
    this.stopwatch = requireNonNull(stopwatch, "stopwatch is null");
  }

  /**
   * A recognised text.
   *
   * @param seconds of recognition with an open model
   */
  record Heard(String text, double seconds) {}

  /**
   * Hears the sample twice, since the first time opens the model.
   *
   * @throws ProcessingException if the model cannot hear it
   */
  Heard with(ModelFolder model) throws ProcessingException, IOException {
    Path scratch = Files.createTempDirectory("maie-sample-");
    try (OnnxRuntime onnx = new OnnxRuntime(settings.onnx(), ticker)) {
      DecodedAudio audio =
          new FfmpegDecoder(settings.decode(), ticker)
              .decode(
                  sample,
                  scratch.resolve("sample.pcm"),
                  SoundSelection.MIXED,
                  StageContext.disabled());
      try (PcmFile sound = PcmFile.open(audio.pcm())) {
        SampleSource source = sound.before(audio.heard().level().curve());
        hear(recognizer(model, onnx), model, source);
        long begin = stopwatch.nanos();
        String text = hear(recognizer(model, onnx), model, source);
        return new Heard(text, (stopwatch.nanos() - begin) / NANOS_PER_SECOND);
      }
    } catch (TaskStoppedException e) {
      throw new AssertionError("nobody stops a sample", e);
    } finally {
      PathUtils.deleteDirectory(scratch);
    }
  }

  private SpeechRecognizer recognizer(ModelFolder model, OnnxRuntime onnx)
      throws ProcessingException, IOException {
    String name = model.manifest().family();
    @Nullable RecognizerFamily family = EngineFactory.families(settings, onnx).get(name);
    if (family == null) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a model that recognises speech, found one of '%s'".formatted(name),
          "Only models that recognise speech hear samples");
    }
    return family.open(model);
  }

  private static String hear(SpeechRecognizer recognizer, ModelFolder model, SampleSource source)
      throws ProcessingException, TaskStoppedException, IOException {
    List<String> known = model.manifest().languages();
    boolean knows = known.isEmpty() || known.contains(LANGUAGE);
    RecognitionOptions options =
        new RecognitionOptions(knows ? LANGUAGE : null, false, null, List.of());
    return recognizer
        .recognize(
            new SpeechOrder(
                source, SpeechRegions.unsearched(source), options, StageContext.disabled()))
        .transcript()
        .text();
  }
}
