package io.maie.edge.bench;

import com.sun.management.OperatingSystemMXBean;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.pieces.PieceDiarizer;
import io.maie.edge.evaluation.DiarizationError;
import io.maie.edge.evaluation.ReferenceTurns;
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
import io.maie.edge.transcript.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Telling speakers apart, beside sherpa-onnx with the same graphs at its own thresholds: processor
 * time, resident memory and error on the same recordings, turn by turn in one run.
 */
final class SpeakersBench {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Path recordings;
  private final Path sherpa;
  private final int threads;
  private final ModelFolder segmentation;
  private final ModelFolder embedding;

  private SpeakersBench(Bench.Arguments arguments) throws Exception {
    recordings = Path.of(arguments.text("--recordings", "."));
    sherpa = Path.of(arguments.text("--sherpa", "bench/target/sherpa"));
    threads = arguments.number("--threads", Runtime.getRuntime().availableProcessors());
    ModelCatalog catalog =
        new ModelCatalog(Path.of(arguments.text("--models", "models")), new Checksums());
    segmentation = catalog.choose(ModelWish.any(ModelTask.SPEAKER_SEGMENTATION));
    embedding = catalog.choose(ModelWish.any(ModelTask.SPEAKER_EMBEDDING));
  }

  static void run(Bench.Arguments arguments) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-speakers-");
    try {
      new SpeakersBench(arguments).measure(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Processor time and error of all recordings so far. */
  private record Sum(double seconds, DiarizationError error) {

    Sum plus(double more, DiarizationError other) {
      return new Sum(seconds + more, error.plus(other));
    }
  }

  private void measure(Path scratch) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(recordings)) {
      files = all.filter(file -> file.toString().endsWith(".wav")).sorted().toList();
    }
    Sum ours = new Sum(0, DiarizationError.NONE);
    Sum theirs = ours;
    double audio = 0;
    OnnxOptions options = new OnnxOptions(Device.CPU, threads, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system());
        Peer peer = new Peer()) {
      PieceDiarizer diarizer = PieceDiarizer.open(segmentation, embedding, runtime);
      for (Path file : files) {
        List<Turn> real = reference(file);
        Path pcm = scratch.resolve("audio.pcm");
        DecodedAudio decoded =
            new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
                .decode(file, pcm, SoundSelection.AUTO, StageContext.disabled());
        audio += decoded.samples() / 16_000.0;
        try (PcmFile samples = PcmFile.open(pcm)) {
          long begin = cpuNanos();
          List<Turn> found =
              diarizer
                  .diarize(
                      samples.before(decoded.heard().level().curve()),
                      SpeechRegion.whole(samples),
                      SpeakerCount.ANY,
                      StageContext.disabled())
                  .turns();
          ours =
              ours.plus((cpuNanos() - begin) / NANOS_PER_SECOND, DiarizationError.of(real, found));
        }
        Files.delete(pcm);
        double before = peer.cpuSeconds();
        List<Turn> found = peer.turns(file);
        theirs = theirs.plus(peer.cpuSeconds() - before, DiarizationError.of(real, found));
      }
      System.out.printf(
          Locale.ROOT, "%d recordings, %.0f s, %d threads%n", files.size(), audio, threads);
      print("ours", ours, audio, ProcessHandle.current().pid());
      print("sherpa-onnx", theirs, audio, peer.process.pid());
    }
    System.out.printf(
        Locale.ROOT,
        "processor time against theirs (bar 0.5): %.2f%n",
        ours.seconds() / theirs.seconds());
  }

  private static void print(String name, Sum sum, double audio, long pid) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%-12s %.1f s of processor time, %.4f per second; error %.2f %%; peak %d MB%n",
        name,
        sum.seconds(),
        sum.seconds() / audio,
        100 * sum.error().rate(),
        ProcessFacts.statusKilobytes(pid, "VmHWM") / 1024);
  }

  private static List<Turn> reference(Path wav) throws IOException {
    String stem = wav.getFileName().toString().replaceFirst("\\.wav$", "");
    Path rttm = wav.resolveSibling(stem + ".rttm");
    return Files.exists(rttm) ? ReferenceTurns.read(rttm).getOrDefault(stem, List.of()) : List.of();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /** sherpa-onnx by its package for Node, in a process of its own. */
  private final class Peer implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    Peer() throws IOException {
      Path packages = sherpa.toAbsolutePath().resolve("node_modules");
      ProcessBuilder builder =
          new ProcessBuilder(
              "node",
              "bench/src/main/js/speakers.js",
              segmentation.path().resolve("model.onnx").toString(),
              embedding.path().resolve("model.onnx").toString(),
              Integer.toString(threads));
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("NODE_PATH", packages.toString());
      builder
          .environment()
          .put("LD_LIBRARY_PATH", packages.resolve("sherpa-onnx-linux-x64").toString());
      process = builder.start();
      answers = process.inputReader(StandardCharsets.UTF_8);
    }

    double cpuSeconds() throws IOException {
      return ProcessFacts.cpuSeconds(process.pid());
    }

    List<Turn> turns(Path file) throws IOException {
      process.outputWriter().write(file.toAbsolutePath() + "\n");
      process.outputWriter().flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IOException("expected turns of sherpa-onnx, found its end");
      }
      List<Turn> turns = new ArrayList<>();
      for (String turn : answer.isEmpty() ? new String[0] : answer.split(",")) {
        String[] fields = turn.split(" ");
        turns.add(
            new Turn(
                new SampleSpan(samples(fields[0]), samples(fields[1])),
                Integer.parseInt(fields[2])));
      }
      turns.sort(Comparator.comparing(Turn::span));
      return turns;
    }

    private static long samples(String seconds) {
      return Math.round(Double.parseDouble(seconds) * 16_000);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
