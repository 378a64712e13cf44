package io.maie.edge.bench;

import com.sun.management.OperatingSystemMXBean;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.asr.transducer.TransducerRecognizer;
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
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Transducers of random weights beside sherpa-onnx with the same graphs: whole recordings of up to
 * a window, greedily, the same threads, turn by turn in one run.
 */
final class TransducerBench {
  private static final Path SCRIPT = Path.of("bench/src/main/js/transducer.js");

  /** A frame of Parakeet's encoder: programs differ in how they count the rest of one. */
  private static final int FRAME_SAMPLES = 1_280;

  private final Path models;
  private final Path clips;
  private final Path sherpa;
  private final int rounds;
  private final int warmUpRounds;
  private final int threads;

  private TransducerBench(Bench.Arguments arguments) {
    models = Path.of(arguments.text("--models", "bench/target/transducer"));
    clips = Path.of(arguments.text("--clips", "."));
    sherpa = Path.of(arguments.text("--sherpa", "bench/target/sherpa"));
    rounds = arguments.number("--rounds", 9);
    // Java's code is compiled within the first seconds; a round of small models takes a tenth
    warmUpRounds = arguments.number("--warm-up", 10);
    threads = arguments.number("--threads", Runtime.getRuntime().availableProcessors());
  }

  static void run(Bench.Arguments arguments) throws Exception {
    TransducerBench bench = new TransducerBench(arguments);
    for (String name : List.of("zipformer", "parakeet-rnnt")) {
      bench.measure(name);
    }
  }

  private void measure(String name) throws Exception {
    List<Path> recordings;
    try (Stream<Path> files = Files.list(clips)) {
      recordings = files.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
    ModelFolder model =
        new ModelCatalog(models, new Checksums())
            .choose(ModelWish.ofRecording(ModelTask.ASR, null, name, null));
    Figures ours = new Figures("ours", "ms");
    Figures theirs = new Figures("sherpa-onnx", "ms");
    Figures oursCpu = new Figures("ours, processors", "ms");
    Figures theirsCpu = new Figures("sherpa-onnx, processors", "ms");
    OnnxOptions options = new OnnxOptions(Device.CPU, threads, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system());
        Peer peer = new Peer(model.path(), name.startsWith("parakeet"), recordings)) {
      Ours own = new Ours(model, runtime, recordings);
      for (int round = -warmUpRounds; round < rounds; round++) {
        Cost mine = own.run();
        Cost other = peer.run();
        if (round >= 0) {
          ours.add(mine.millis);
          theirs.add(other.millis);
          oursCpu.add(mine.cpuMillis);
          theirsCpu.add(other.cpuMillis);
        }
        if (round == 0) {
          System.out.printf(
              "%s: %d recordings, %d threads; %d and %d letters, %s%n",
              name,
              recordings.size(),
              threads,
              mine.text.length(),
              other.text.length(),
              mine.text.equals(other.text) ? "the same" : "DIFFERENT");
        }
      }
    }
    Stream.of(ours, theirs, oursCpu, theirsCpu).forEach(System.out::println);
    System.out.printf(
        Locale.ROOT,
        "%s: %.2f of their time, %.2f of their processor time (bar 1.0)%n",
        name,
        ours.median() / theirs.median(),
        oursCpu.median() / theirsCpu.median());
  }

  /** Cost of all recordings, and their text without blanks. */
  private record Cost(double millis, double cpuMillis, String text) {}

  /** The product's recogniser, in this process. */
  private static final class Ours {
    private final TransducerRecognizer recognizer;
    private final List<float[]> sounds = new ArrayList<>();
    private final OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Ours(ModelFolder model, OnnxRuntime runtime, List<Path> recordings) throws Exception {
      recognizer = TransducerRecognizer.open(model, TransducerOptions.DEFAULTS, runtime);
      for (Path recording : recordings) {
        float[] sound = WaveSamples.read(recording);
        sounds.add(Arrays.copyOf(sound, sound.length - sound.length % FRAME_SAMPLES));
      }
    }

    Cost run() throws Exception {
      long begin = System.nanoTime();
      long before = machine.getProcessCpuTime();
      StringBuilder text = new StringBuilder();
      for (float[] sound : sounds) {
        text.append(
                recognizer
                    .recognize(
                        new SpeechOrder(
                            SampleSource.of(Waveform.of(sound)),
                            SpeechRegions.found(
                                List.of(new SpeechRegion(new SampleSpan(0, sound.length)))),
                            RecognitionOptions.DEFAULTS,
                            StageContext.disabled()))
                    .transcript()
                    .text()
                    .replace(" ", ""))
            .append('\n');
      }
      long cpu = machine.getProcessCpuTime() - before;
      return new Cost((System.nanoTime() - begin) / 1e6, cpu / 1e6, text.toString());
    }
  }

  /** sherpa-onnx by its package for Node, in a process of its own. */
  private final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    Peer(Path model, boolean isNemo, List<Path> recordings) throws IOException {
      Path packages = sherpa.toAbsolutePath().resolve("node_modules");
      List<String> command = new ArrayList<>(List.of("node", SCRIPT.toString(), model.toString()));
      command.add(isNemo ? "nemo_transducer" : "transducer");
      command.add(Integer.toString(threads));
      recordings.forEach(recording -> command.add(recording.toString()));
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("NODE_PATH", packages.toString());
      builder
          .environment()
          .put("LD_LIBRARY_PATH", packages.resolve("sherpa-onnx-linux-x64").toString());
      process = builder.start();
      answers = process.inputReader(StandardCharsets.UTF_8);
    }

    Cost run() throws IOException {
      process.outputWriter().write("go\n");
      process.outputWriter().flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("expected an answer of sherpa-onnx, found its end");
      }
      String[] parts = answer.split(" ", -1);
      return new Cost(
          Double.parseDouble(parts[0]),
          Double.parseDouble(parts[1]),
          new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
