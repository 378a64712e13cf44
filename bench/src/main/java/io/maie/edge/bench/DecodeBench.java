package io.maie.edge.bench;

import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
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
 * ffmpeg -ac 1 -ar 16000}; the two take turns.
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
    FfmpegDecoder decoder = new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system());
    Figures ofFfmpeg = new Figures("ffmpeg -ac 1 -ar 16000, " + codec, "ms");
    Figures ofOurs = new Figures("decoding, " + codec, "ms");
    for (int round = -1; round < rounds; round++) {
      long start = System.nanoTime();
      String plain = folder.resolve("plain.pcm").toString();
      ffmpeg(List.of("-i", source.toString(), "-ac", "1", "-ar", "16000", "-f", "s16le", plain));
      double theirs = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      decoder.decode(
          source, folder.resolve("ours.pcm"), SoundSelection.AUTO, StageContext.disabled());
      double ours = (System.nanoTime() - start) / 1e6;
      if (round >= 0) {
        ofFfmpeg.add(theirs);
        ofOurs.add(ours);
      }
    }
    System.out.println(ofFfmpeg);
    System.out.println(ofOurs);
    System.out.printf(
        Locale.ROOT,
        "decoding / ffmpeg: %.2f (bar 1.25); peak of the heap %d MB for %d minutes%n",
        ofOurs.median() / ofFfmpeg.median(),
        peakBytes() >> 20,
        minutes);
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
