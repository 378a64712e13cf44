package io.maie.edge.bench;

import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.durable.Sha256;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decoding of stereo recordings, with the analysis of channels and level, beside plain {@code
 * ffmpeg -ac 1 -ar 16000}, in processor and elapsed time; the two take turns. The checksum that
 * names a recording is made while it is decoded, so a pass for it alone tells its share.
 */
final class DecodeBench {
  private DecodeBench() {}

  static void run(int minutes, int rounds) throws Exception {
    Path folder = Files.createTempDirectory("maie-bench-decode-");
    try {
      for (String codec : List.of("aac", "pcm_s16le")) {
        compare(folder, codec, minutes, rounds);
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private static void compare(Path folder, String codec, int minutes, int rounds) throws Exception {
    Path source = folder.resolve(codec + ".mka");
    String seconds = String.valueOf(60 * minutes);
    ffmpeg(
        List.of(
            "-stream_loop",
            "-1",
            "-i",
            "src/main/dist/samples/kennedy.flac",
            "-t",
            seconds,
            "-af",
            "pan=stereo|c0=c0|c1=0.5*c0",
            "-ar",
            "48000",
            "-c:a",
            codec,
            source.toString()));
    Costs plain = new Costs("ffmpeg -ac 1 -ar 16000, " + codec);
    Costs whole = new Costs("all of it, " + codec);
    Costs checksum = new Costs("SHA-256 of the file, " + codec);
    FfmpegDecoder decoder = new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system());
    Path target = folder.resolve("samples.pcm");
    for (int round = -1; round < rounds; round++) {
      boolean counts = round >= 0;
      plain.measure(counts, () -> plainly(source, target));
      whole.measure(
          counts,
          () -> decoder.decode(source, target, SoundSelection.AUTO, StageContext.disabled()));
      checksum.measure(counts, () -> Sha256.of(source));
    }
    System.out.println(plain.processor);
    System.out.println(whole.processor);
    System.out.println(checksum.processor);
    System.out.printf(
        Locale.ROOT,
        "decoding with channel and level analysis / ffmpeg: %.2f in processor time (bar 1.25); "
            + "with the checksum: %.2f in processor time, %.2f in elapsed time; "
            + "peak of the heap %d MB for %d minutes%n",
        (whole.processor.median() - checksum.processor.median()) / plain.processor.median(),
        whole.processor.median() / plain.processor.median(),
        whole.elapsed.median() / plain.elapsed.median(),
        peakBytes() >> 20,
        minutes);
  }

  private static void plainly(Path source, Path target) throws Exception {
    ffmpeg(
        List.of(
            "-i", source.toString(), "-ac", "1", "-ar", "16000", "-f", "s16le", target.toString()));
  }

  /** Something to measure. */
  private interface Work {
    void run() throws Exception;
  }

  /** Processor time of this process and its children, and elapsed time. */
  private static final class Costs {
    private final Figures processor;
    private final Figures elapsed;

    Costs(String name) {
      processor = new Figures(name, "s");
      elapsed = new Figures(name, "s");
    }

    void measure(boolean counts, Work work) throws Exception {
      long self = ProcessHandle.current().pid();
      double before = ProcessFacts.cpuSecondsWithChildren(self);
      long start = System.nanoTime();
      work.run();
      if (counts) {
        elapsed.add((System.nanoTime() - start) / 1e9);
        processor.add(ProcessFacts.cpuSecondsWithChildren(self) - before);
      }
    }
  }

  private static long peakBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }

  private static void ffmpeg(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ffmpeg failed: " + command);
    }
  }
}
