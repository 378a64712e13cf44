package io.maie.edge.bench;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.moonshine.MoonshineOptions;
import io.maie.edge.asr.moonshine.MoonshineRecognizer;
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
import io.maie.edge.transcript.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Moonshine model that ships, beside sherpa-onnx with the same graphs: whole recordings of up
 * to a window, the same threads, turn by turn in one run. With {@code --whisper-cpp BUILD} a random
 * model of the size of Whisper tiny runs in whisper.cpp as well.
 */
final class MoonshineBench {
  private static final Duration WINDOW = Duration.ofSeconds(30);
  private static final int BEAMS = 4;
  private static final int WARM_UP_ROUNDS = 2;

  private final Path models;
  private final Path clips;
  private final Path sherpa;
  private final @Nullable Path whisperCpp;
  private final WhisperModels whispers;
  private final int rounds;
  private final int threads;

  private MoonshineBench(Bench.Arguments arguments) {
    models = Path.of(arguments.text("--models", "models"));
    clips = Path.of(arguments.text("--clips", "."));
    sherpa = Path.of(arguments.text("--sherpa", "bench/target/sherpa"));
    String build = arguments.text("--whisper-cpp", "");
    whisperCpp = build.isEmpty() ? null : Path.of(build);
    whispers =
        new WhisperModels(
            Path.of("bench", "target", "whisper"), arguments.text("--python", "python3"));
    rounds = arguments.number("--rounds", 5);
    threads = arguments.number("--threads", Runtime.getRuntime().availableProcessors());
  }

  static void run(Bench.Arguments arguments) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-moonshine-");
    try {
      new MoonshineBench(arguments).measure(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  private void measure(Path scratch) throws Exception {
    List<Path> recordings;
    try (Stream<Path> files = Files.list(clips)) {
      recordings = files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
    ModelFolder model =
        new ModelCatalog(models, new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, "moonshine-tiny-en", null));
    Figures greedy = new Figures("ours, greedy", "ms");
    Figures beam = new Figures("ours, beam " + BEAMS, "ms");
    Figures theirs = new Figures("sherpa-onnx, greedy", "ms");
    Figures whisper = new Figures("whisper.cpp, size of tiny, at least", "ms");
    Figures outside = new Figures("ours, greedy, outside the graphs", "%");
    Figures encoding = new Figures("ours, greedy, encoder", "ms");
    Figures decoding = new Figures("ours, greedy, decoder", "ms");
    OnnxOptions options = new OnnxOptions(Device.CPU, threads, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system());
        SherpaOnnx peer = new SherpaOnnx(sherpa, model.path(), recordings, threads, scratch)) {
      Ours one = new Ours(model, 1, runtime, recordings);
      Ours four = new Ours(model, BEAMS, runtime, recordings);
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        RunTimes encoderBefore = encoder(model, runtime);
        RunTimes decoderBefore = decoder(model, runtime);
        Cost ofOne = one.run();
        double inEncoder = millisSince(encoderBefore, encoder(model, runtime));
        double inDecoder = millisSince(decoderBefore, decoder(model, runtime));
        Cost ofPeer = peer.run();
        Cost ofFour = four.run();
        if (round >= 0) {
          greedy.add(ofOne.millis);
          outside.add(100 * (1 - (inEncoder + inDecoder) / ofOne.millis));
          encoding.add(inEncoder);
          decoding.add(inDecoder);
          theirs.add(ofPeer.millis);
          beam.add(ofFour.millis);
          if (whisperCpp != null) {
            whisper.add(whisperMillis(whisperCpp, recordings, ofOne.words));
          }
        }
        if (round == 0) {
          System.out.printf(
              "%d recordings, %d threads; words: greedy %d, beam %d, sherpa-onnx %d%n",
              recordings.size(), threads, ofOne.words, ofFour.words, ofPeer.words);
        }
      }
    }
    Stream.of(greedy, beam, theirs, outside, encoding, decoding).forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "greedy against greedy (bar 1.5): %.2f times as fast%n"
            + "beam %d against their greedy time (bar 1.15): %.2f%n"
            + "outside the graphs (bar 8 %%): %.1f %%%n",
        theirs.median() / greedy.median(),
        BEAMS,
        beam.median() / theirs.median(),
        outside.median());
    if (whisperCpp != null) {
      System.out.println(whisper);
      System.out.printf(
          Locale.ROOT,
          "greedy against whisper.cpp: %.2f times as fast%n",
          whisper.median() / greedy.median());
    }
  }

  /**
   * The least that whisper.cpp needs for the recordings, in its fastest precision: a window of the
   * encoder for each, and a token for each word. Random weights end no text, so its own count of
   * tokens says nothing.
   */
  private double whisperMillis(Path build, List<Path> recordings, int words) throws Exception {
    whispers.make("tiny");
    double least = Double.MAX_VALUE;
    for (Path model : whispers.ggml("tiny", build)) {
      double millis = 0;
      for (Path recording : recordings) {
        WhisperCost cost = new WhisperCpp(build, recording, threads).run(model, 1, 1);
        millis += cost.encoder() + cost.token() * words / recordings.size();
      }
      least = Math.min(least, millis);
    }
    return least;
  }

  /** The runs of the encoder; a recording is one window, so that no two graphs run at a time. */
  private static RunTimes encoder(ModelFolder model, OnnxRuntime runtime) {
    return runtime.runTimes(model.path().resolve("encoder_model.onnx"));
  }

  private static RunTimes decoder(ModelFolder model, OnnxRuntime runtime) {
    return runtime.runTimes(model.path().resolve("decoder_model_merged.onnx"));
  }

  private static double millisSince(RunTimes before, RunTimes after) {
    return after.since(before).total().toNanos() / 1e6;
  }

  /**
   * Cost of all recordings.
   *
   * @param words that were heard, so that nobody is fast by hearing nothing
   */
  record Cost(double millis, int words) {}

  /** The product's recogniser, in this process. */
  private static final class Ours {
    private final MoonshineRecognizer recognizer;
    private final List<float[]> sounds;

    Ours(ModelFolder model, int beams, OnnxRuntime runtime, List<Path> recordings)
        throws Exception {
      MoonshineOptions options =
          new MoonshineOptions(WINDOW, beams, MoonshineOptions.DEFAULTS.tokensPerSecond());
      recognizer = MoonshineRecognizer.open(model, options, runtime);
      List<float[]> read = new ArrayList<>();
      for (Path recording : recordings) {
        read.add(WaveSamples.read(recording));
      }
      sounds = List.copyOf(read);
    }

    Cost run() throws Exception {
      long begin = System.nanoTime();
      int words = 0;
      for (float[] sound : sounds) {
        List<Segment> segments =
            recognizer
                .recognize(
                    new SpeechOrder(
                        SampleSource.of(Waveform.of(sound)),
                        SpeechRegions.found(
                            List.of(new SpeechRegion(new SampleSpan(0, sound.length)))),
                        new RecognitionOptions("en", false, null, List.of()),
                        StageContext.disabled()))
                .transcript()
                .segments();
        words += segments.stream().mapToInt(s -> s.text().strip().split(" ").length).sum();
      }
      return new Cost((System.nanoTime() - begin) / 1e6, words);
    }
  }
}
