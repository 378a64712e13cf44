package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.ByteSpan;
import io.maie.edge.audio.container.SoundEnd;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Sound without any header, as telephone systems store it. The name proposes how the bytes are to
 * be read; the bytes dispose: what has the statistics of text, pictures or noise is no sound.
 *
 * @param codec as ffmpeg names it
 * @param sampleRate in Hz
 * @param options with which ffmpeg reads it
 */
record RawTelephone(String codec, int sampleRate, List<String> options) {
  private static final int HEAD_BYTES = 256 * 1024;

  /** Neighbouring samples of speech are alike; those of anything else are not. */
  private static final double ALIKE = 0.25;

  /** Bytes of a frame of GSM 06.10, which begins with the four bits 1101. */
  private static final int GSM_FRAME = 33;

  private static final int GSM_MARK = 0xD;
  private static final double GSM_SHARE = 0.95;

  /** Speech has about 5.2 bits, compressed and random data nearly 6. */
  private static final double G722_ENTROPY = 5.75;

  private static final int G722_LOW_BITS = 6;

  /** Speech has about 0.86, compressed and random data 0.5. */
  private static final double OKI_SMALL_STEPS = 0.65;

  /** Equal bytes at the end of a file that are no sound, at least. */
  private static final int LEAST_PADDING = 512;

  /** Bytes that stand for silence. */
  private static final Map<String, Set<Integer>> SILENCE =
      Map.of("pcm_mulaw", Set.of(0xFF, 0x7F), "pcm_alaw", Set.of(0xD5, 0x55));

  private static final Map<String, RawTelephone> KINDS =
      Map.ofEntries(
          Map.entry("ul", pcm("mulaw", 8_000)),
          Map.entry("ulaw", pcm("mulaw", 8_000)),
          Map.entry("mulaw", pcm("mulaw", 8_000)),
          Map.entry("pcmu", pcm("mulaw", 8_000)),
          Map.entry("al", pcm("alaw", 8_000)),
          Map.entry("alaw", pcm("alaw", 8_000)),
          Map.entry("pcma", pcm("alaw", 8_000)),
          Map.entry("sln", pcm("s16le", 8_000)),
          Map.entry("sln8", pcm("s16le", 8_000)),
          Map.entry("sln12", pcm("s16le", 12_000)),
          Map.entry("sln16", pcm("s16le", 16_000)),
          Map.entry("sln24", pcm("s16le", 24_000)),
          Map.entry("sln32", pcm("s16le", 32_000)),
          Map.entry("sln44", pcm("s16le", 44_100)),
          Map.entry("sln48", pcm("s16le", 48_000)),
          Map.entry("gsm", new RawTelephone("gsm", 8_000, List.of("-f", "gsm"))),
          Map.entry("g722", new RawTelephone("adpcm_g722", 16_000, List.of("-f", "g722"))),
          Map.entry("vox", oki()));

  /** Codings of files called {@code .raw}. */
  private static final List<RawTelephone> UNNAMED =
      List.of(pcm("s16le", 8_000), pcm("mulaw", 8_000), pcm("alaw", 8_000));

  /** ADPCM of Dialogic cards, which ffmpeg reads as any sound without a header. */
  private static RawTelephone oki() {
    String codec = "adpcm_ima_oki";
    return new RawTelephone(
        codec, 8_000, List.of("-f", "s16le", "-c:a", codec, "-ar", "8000", "-ac", "1"));
  }

  private static RawTelephone pcm(String format, int rate) {
    return new RawTelephone(
        "pcm_" + format, rate, List.of("-f", format, "-ar", String.valueOf(rate), "-ac", "1"));
  }

  /**
   * The way to read a file whose name ends like those of such recordings; empty for all others, and
   * for files that have a header after all.
   *
   * @throws ProcessingException {@code NO_AUDIO_STREAM} if its bytes are no such sound
   */
  static Optional<RawTelephone> of(Path file) throws IOException, ProcessingException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    List<RawTelephone> kinds = kinds(name.substring(name.lastIndexOf('.') + 1));
    if (kinds.isEmpty()) {
      return Optional.empty();
    }
    FileKind.Kind found = FileKind.of(file);
    if (found.isAudio()) {
      return Optional.empty();
    }
    if (!found.isUnknown()) {
      throw DecodeFailures.noAudio(found.words());
    }
    byte[] head;
    long sound = kinds.get(0).sound(file).end();
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes((int) Math.min(HEAD_BYTES, sound));
    }
    return Optional.of(
        kinds.stream()
            .filter(kind -> kind.isPlausible(head))
            .max(Comparator.comparingDouble(kind -> kind.smoothness(head)))
            .orElseThrow(
                () ->
                    DecodeFailures.noAudio(
                        "data that is no sound of the kind that its name says")));
  }

  /** The bytes of a file without those behind them that are all equal and no silence. */
  ByteSpan sound(Path file) throws IOException {
    ByteSpan whole = new ByteSpan(0, Files.size(file));
    boolean isSilence = codec.equals("pcm_s16le");
    long padding = isSilence ? whole.end() : SoundEnd.paddingStart(file, whole);
    int last = lastByte(file);
    boolean isCut =
        whole.end() - padding >= LEAST_PADDING
            && !SILENCE.getOrDefault(codec, Set.of()).contains(last);
    // the last frame may end in such bytes
    long frame = codec.equals("gsm") ? GSM_FRAME : 1;
    return isCut ? new ByteSpan(0, (padding + frame - 1) / frame * frame) : whole;
  }

  private static int lastByte(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(Math.max(0, channel.size() - 1)).read(last);
      return last.get(0) & 0xFF;
    }
  }

  private static List<RawTelephone> kinds(String ending) {
    RawTelephone kind = KINDS.get(ending);
    if (kind != null) {
      return List.of(kind);
    }
    return ending.equals("raw") ? UNNAMED : List.of();
  }

  private boolean isPlausible(byte[] bytes) {
    return switch (codec) {
      case "gsm" -> areGsmFrames(bytes);
      case "pcm_mulaw", "pcm_alaw", "pcm_s16le" -> smoothness(bytes) >= ALIKE;
      case "adpcm_g722" -> entropy(bytes) < G722_ENTROPY;
      case "adpcm_ima_oki" -> smallSteps(bytes) > OKI_SMALL_STEPS;
      default -> throw new IllegalStateException("a codec without a check: " + codec);
    };
  }

  private double smoothness(byte[] bytes) {
    return switch (codec) {
      case "pcm_mulaw" -> smoothness(bytes.length, i -> muLaw(bytes[i]));
      case "pcm_alaw" -> smoothness(bytes.length, i -> aLaw(bytes[i]));
      default -> smoothness(bytes.length / 2, i -> (bytes[2 * i + 1] << 8) | (bytes[2 * i] & 0xFF));
    };
  }

  /** Bits of information in the six low bits of a byte, which are the lower band of G.722. */
  private static double entropy(byte[] bytes) {
    int[] counts = new int[1 << G722_LOW_BITS];
    for (byte each : bytes) {
      counts[each & (counts.length - 1)]++;
    }
    double entropy = 0;
    for (int count : counts) {
      double share = (double) count / bytes.length;
      entropy -= count == 0 ? 0 : share * Math.log(share) / Math.log(2);
    }
    return entropy;
  }

  /** Share of codes that make the steps of an ADPCM coder smaller; half of them in noise. */
  private static double smallSteps(byte[] bytes) {
    int small = 0;
    for (byte each : bytes) {
      small += (each & 0x40) == 0 ? 1 : 0;
      small += (each & 0x04) == 0 ? 1 : 0;
    }
    return small / (2.0 * bytes.length);
  }

  private static boolean areGsmFrames(byte[] bytes) {
    int frames = bytes.length / GSM_FRAME;
    int marked = 0;
    for (int i = 0; i < frames; i++) {
      marked += (bytes[i * GSM_FRAME] >> 4 & 0xF) == GSM_MARK ? 1 : 0;
    }
    return frames > 0 && marked >= GSM_SHARE * frames;
  }

  /** Reads one sample of a block of bytes. */
  @FunctionalInterface
  private interface Samples {
    int at(int index);
  }

  /**
   * The correlation of neighbouring samples, their mean left out; 0 if they have an offset that no
   * sound has.
   */
  private static double smoothness(int count, Samples samples) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += samples.at(i);
    }
    double mean = sum / Math.max(1, count);
    double power = 0;
    double product = 0;
    for (int i = 1; i < count; i++) {
      double one = samples.at(i - 1) - mean;
      double two = samples.at(i) - mean;
      power += one * one;
      product += one * two;
    }
    boolean isOffset = mean * mean > power / Math.max(1, count - 1);
    if (isOffset) {
      return 0;
    }
    return power == 0 ? 1 : product / power;
  }

  /** ITU-T G.711. */
  static int muLaw(byte value) {
    int bits = ~value & 0xFF;
    int magnitude = ((((bits & 0xF) << 3) + 0x84) << ((bits >> 4) & 7)) - 0x84;
    return (bits & 0x80) != 0 ? -magnitude : magnitude;
  }

  /** ITU-T G.711. */
  static int aLaw(byte value) {
    int bits = (value & 0xFF) ^ 0x55;
    int exponent = bits >> 4 & 7;
    int base = ((bits & 0xF) << 4) + 8;
    int magnitude = exponent == 0 ? base : (base + 0x100) << (exponent - 1);
    return (bits & 0x80) != 0 ? magnitude : -magnitude;
  }

  /** The stream, as ffprobe would describe it. */
  AudioStream stream() {
    return new AudioStream(0, codec, "", sampleRate, 1, true, OptionalDouble.empty(), true, "", "");
  }
}
