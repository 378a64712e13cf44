package io.maie.edge.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The Whisper engine beside whisper.cpp: random models of the same sizes, the same recording, the
 * same threads, 100 tokens per window of 30 s, turn by turn in one run.
 */
final class WhisperBench {
  private static final int WINDOW_SECONDS = 30;
  private static final int HEADER_BYTES = 44;
  private static final int BEAMS = 5;
  private static final int WARM_UP_ROUNDS = 2;

  private final WhisperModels models;
  private final Optional<Path> build;
  private final int rounds;
  private final int windows;
  private final int threads;

  private WhisperBench(Bench.Arguments arguments) {
    models =
        new WhisperModels(
            Path.of(arguments.text("--models", "bench/target/whisper")),
            arguments.text("--python", "python3"));
    build = Optional.of(arguments.text("--whisper-cpp", "")).filter(p -> !p.isEmpty()).map(Path::of);
    rounds = arguments.number("--rounds", 3);
    windows = arguments.number("--windows", 10);
    threads = arguments.number("--threads", Runtime.getRuntime().availableProcessors());
  }

  static void run(Bench.Arguments arguments) throws Exception {
    WhisperBench bench = new WhisperBench(arguments);
    Path folder = Files.createTempDirectory("maie-bench-speech-");
    try {
      Path recording = Recordings.speechWav(bench.windows * WINDOW_SECONDS, folder);
      for (String size : arguments.text("--sizes", "tiny,base,small").split(",")) {
        bench.measure(size, recording);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private void measure(String size, Path recording) throws Exception {
    models.make(size);
    Map<String, Series> theirs = new LinkedHashMap<>();
    Map<String, Path> ggml = new LinkedHashMap<>();
    if (build.isPresent()) {
      for (Path file : models.ggml(size, build.get())) {
        String name = file.getFileName().toString().replaceAll("ggml-|\\.bin", "");
        ggml.put(name, file);
        theirs.put(name, new Series("whisper.cpp " + name));
      }
    }
    Series one = new Series("ours, one window at a time");
    Series batch = new Series("ours, in batches");
    Series beam = new Series("ours, beam " + BEAMS);
    try (OurWhisper ours = new OurWhisper(models.folder(), size, samples(recording), threads)) {
      // a daemon's code is compiled once: until it is, the compiler takes a core from the graphs
      for (int round = 0; round < WARM_UP_ROUNDS; round++) {
        ours.run(1, 1);
        ours.run(1, 0);
        ours.run(BEAMS, 0);
      }
      for (int round = 0; round < rounds; round++) {
        one.add(ours.run(1, 1));
        for (Map.Entry<String, Path> file : ggml.entrySet()) {
          WhisperCpp cpp = new WhisperCpp(build.orElseThrow(), recording, threads);
          theirs.get(file.getKey()).add(cpp.run(file.getValue(), 1, windows));
        }
        batch.add(ours.run(1, 0));
        beam.add(ours.run(BEAMS, 0));
      }
    }
    System.out.printf(
        "%n%s, %d windows of 30 s, 100 tokens each, %d threads, medians of %d%n",
        size, windows, threads, rounds);
    theirs.values().forEach(System.out::println);
    List.of(one, batch, beam).forEach(System.out::println);
    print(List.copyOf(theirs.values()), one, batch, beam);
  }

  /** Ratios to the best of whisper.cpp's in each row. */
  private static void print(List<Series> theirs, Series one, Series batch, Series beam) {
    if (!theirs.isEmpty()) {
      ratio("encoder (bar 4)", theirs, WhisperCost::encoder, one);
      ratio("decoder per token, one window at a time", theirs, WhisperCost::token, one);
      ratio("decoder per token, in batches", theirs, WhisperCost::token, batch);
      ratio("whole file, one window at a time (bar 2.2)", theirs, WhisperCost::whole, one);
      ratio("whole file, in batches (bar 3)", theirs, WhisperCost::whole, batch);
      ratio("whole file, beam 5 against their greedy", theirs, WhisperCost::whole, beam);
    }
    line("beam 5 costs, in greedy ones, whole (bar under 5)", beam, one, WhisperCost::whole);
    line("beam 5 costs, in greedy ones, decoder (bar under 5)", beam, one, WhisperCost::decoder);
    System.out.printf(
        Locale.ROOT,
        "outside the graphs (bar 8 %%): one at a time %.1f %%, batches %.1f %%, beam 5 %.1f %%%n",
        100 * one.median(WhisperCost::outside),
        100 * batch.median(WhisperCost::outside),
        100 * beam.median(WhisperCost::outside));
  }

  private static void ratio(
      String name, List<Series> theirs, ToDoubleFunction<WhisperCost> part, Series ours) {
    Series best =
        theirs.stream().min(Comparator.comparingDouble(s -> s.median(part))).orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "%-52s %.2f times as fast as %s%n",
        name,
        best.median(part) / ours.median(part),
        best.name());
  }

  private static void line(
      String name, Series ours, Series than, ToDoubleFunction<WhisperCost> part) {
    System.out.printf(Locale.ROOT, "%-52s %.2f%n", name, ours.median(part) / than.median(part));
  }

  private static float[] samples(Path wav) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(HEADER_BYTES);
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32768f;
    }
    return samples;
  }

  /** The costs of one contestant, round by round. */
  private record Series(String name, List<WhisperCost> costs) {
    Series(String name) {
      this(name, new java.util.ArrayList<>());
    }

    void add(WhisperCost cost) {
      costs.add(cost);
    }

    double median(ToDoubleFunction<WhisperCost> part) {
      double[] sorted = costs.stream().mapToDouble(part).sorted().toArray();
      return sorted[sorted.length / 2];
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-28s encoder %7.1f ms   per token %6.2f ms   whole %8.0f ms",
          name,
          median(WhisperCost::encoder),
          median(WhisperCost::token),
          median(WhisperCost::whole));
    }
  }
}
