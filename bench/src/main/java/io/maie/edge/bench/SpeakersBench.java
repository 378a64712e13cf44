package io.maie.edge.bench;

import com.sun.management.OperatingSystemMXBean;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
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
import io.maie.edge.result.EarlierResult;
import io.maie.edge.result.Results;
import io.maie.edge.result.Speakers;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

  private final List<Path> recordings;
  private final Path results;
  private final Path sherpa;
  private final int threads;
  private final ModelFolder segmentation;
  private final ModelFolder embedding;

  private SpeakersBench(Bench.Arguments arguments) throws Exception {
    recordings =
        Arrays.stream(arguments.text("--recordings", ".").split(",", -1)).map(Path::of).toList();
    results = Path.of(arguments.text("--results", ""));
    sherpa = Path.of(arguments.text("--sherpa", "bench/target/sherpa"));
    threads = arguments.number("--threads", Runtime.getRuntime().availableProcessors());
    ModelCatalog catalog =
        new ModelCatalog(Path.of(arguments.text("--models", "models")), new Checksums());
    segmentation =
        catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_SEGMENTATION, null, null));
    embedding = catalog.choose(ModelWish.ofInstallation(ModelTask.SPEAKER_EMBEDDING, null, null));
  }

  static void run(Bench.Arguments arguments) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-speakers-");
    try {
      new SpeakersBench(arguments).measure(folder);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Processor time, error and words of some recordings. */
  private record Sum(double seconds, DiarizationError error, DiarizationError.Words words) {
    static final Sum NONE = new Sum(0, DiarizationError.NONE, DiarizationError.Words.NONE);

    Sum plus(Sum other) {
      return new Sum(seconds + other.seconds, error.plus(other.error), words.plus(other.words));
    }
  }

  /** The same recordings by both programs. */
  private record Both(double audio, Sum ours, Sum theirs) {
    static final Both NONE = new Both(0, Sum.NONE, Sum.NONE);

    Both plus(Both other) {
      return new Both(audio + other.audio, ours.plus(other.ours), theirs.plus(other.theirs));
    }
  }

  private void measure(Path scratch) throws Exception {
    System.out.printf(
        "%-28s %8s %9s %9s %9s %9s  %s%n",
        "recording", "length", "error", "theirs", "time", "theirs", "words with the right speaker");
    Both all = Both.NONE;
    OnnxOptions options = new OnnxOptions(Device.CPU, threads, Duration.ZERO);
    try (OnnxRuntime runtime = new OnnxRuntime(options, Ticker.system());
        Peer peer = new Peer()) {
      PieceDiarizer diarizer = PieceDiarizer.open(segmentation, embedding, runtime);
      for (Path folder : recordings) {
        Both set = Both.NONE;
        for (Path file : recordingsOf(folder)) {
          Both both = measure(file, diarizer, peer, scratch);
          print(file.getFileName().toString(), both);
          set = set.plus(both);
        }
        print(folder.getFileName() + " (all)", set);
        all = all.plus(set);
      }
      System.out.printf(Locale.ROOT, "%.0f s, %d threads%n", all.audio(), threads);
      print("ours", all.ours(), all.audio(), ProcessHandle.current().pid());
      print("sherpa-onnx", all.theirs(), all.audio(), peer.process.pid());
    }
    System.out.printf(
        Locale.ROOT,
        "processor time against theirs (bar 0.5): %.2f%n",
        all.ours().seconds() / all.theirs().seconds());
  }

  private static List<Path> recordingsOf(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().matches(".*\\.(wav|flac)")).sorted().toList();
    }
  }

  private Both measure(Path file, PieceDiarizer diarizer, Peer peer, Path scratch)
      throws Exception {
    Path pcm = scratch.resolve("audio.pcm");
    DecodedAudio decoded =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(file, pcm, SoundSelection.AUTO, StageContext.disabled());
    try (PcmFile samples = PcmFile.open(pcm)) {
      Sum own = ours(diarizer, file, samples.before(decoded.heard().level().curve()));
      return new Both(decoded.samples() / 16_000.0, own, theirs(peer, file, scratch));
    } finally {
      Files.delete(pcm);
    }
  }

  private Sum ours(PieceDiarizer diarizer, Path file, SampleSource samples) throws Exception {
    List<Turn> real = reference(file);
    long begin = cpuNanos();
    List<Turn> found =
        diarizer
            .diarize(
                samples, SpeechRegion.whole(samples), SpeakerCount.ANY, StageContext.disabled())
            .turns();
    double seconds = (cpuNanos() - begin) / NANOS_PER_SECOND;
    return new Sum(seconds, DiarizationError.of(real, found), words(file, real));
  }

  private static Sum theirs(Peer peer, Path file, Path scratch)
      throws IOException, InterruptedException {
    Path wave = wave(file, scratch);
    double before = peer.cpuSeconds();
    List<Turn> found = peer.turns(wave);
    return new Sum(
        peer.cpuSeconds() - before,
        DiarizationError.of(reference(file), found),
        DiarizationError.Words.NONE);
  }

  /** The recording as sherpa-onnx reads it: WAV. */
  private static Path wave(Path file, Path scratch) throws IOException, InterruptedException {
    if (file.toString().endsWith(".wav")) {
      return file;
    }
    Path wave = scratch.resolve("audio.wav");
    Process ffmpeg =
        new ProcessBuilder(
                "ffmpeg", "-nostdin", "-v", "error", "-y", "-i", file.toString(), wave.toString())
            .inheritIO()
            .start();
    if (ffmpeg.waitFor() != 0) {
      throw new IOException("ffmpeg did not decode '" + file + "'");
    }
    return wave;
  }

  /** The words of the whole program, if its results are there. */
  private DiarizationError.Words words(Path file, List<Turn> real) throws IOException {
    Path json = results.resolve(file.getFileName() + ".json");
    if (results.toString().isEmpty() || !Files.exists(json)) {
      return DiarizationError.Words.NONE;
    }
    Results whole = EarlierResult.read(Files.readAllBytes(json)).results();
    Speakers speakers = whole.speakers();
    Transcript transcript = whole.transcript();
    if (speakers == null || transcript == null) {
      return DiarizationError.Words.NONE;
    }
    List<Word> said =
        transcript.segments().stream().flatMap(segment -> segment.words().stream()).toList();
    return DiarizationError.words(real, speakers.turns(), said);
  }

  private static void print(String name, Both both) {
    System.out.printf(
        Locale.ROOT,
        "%-28s %6.0f s %7.2f %% %7.2f %% %7.1f s %7.1f s %s%n",
        name,
        both.audio(),
        100 * both.ours().error().rate(),
        100 * both.theirs().error().rate(),
        both.ours().seconds(),
        both.theirs().seconds(),
        words(both.ours()));
  }

  private static String words(Sum sum) {
    return sum.words().judged() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%6.2f %% of %d", 100 * sum.words().rate(), sum.words().judged());
  }

  private static void print(String name, Sum sum, double audio, long pid) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%-12s %.1f s of processor time, %.4f per second; error %.2f %%; peak %d MB; right speaker"
            + " of words %s%n",
        name,
        sum.seconds(),
        sum.seconds() / audio,
        100 * sum.error().rate(),
        ProcessFacts.statusKilobytes(pid, "VmHWM") / 1024,
        words(sum));
  }

  /** Turns of NAME.rttm beside the recording, or of reference.rttm for all of the folder. */
  private static List<Turn> reference(Path recording) throws IOException {
    String stem = recording.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    Path own = recording.resolveSibling(stem + ".rttm");
    Path rttm = Files.exists(own) ? own : recording.resolveSibling("reference.rttm");
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
