package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Formats times layouts times faults: whatever is wrong with a file, all speech in it is heard, in
 * its place. {@code -Dmaie.faults=5000} tries that many combinations instead of those of CI.
 */
final class FaultyRecordingsTest {
  /** Length of one clip, in samples. */
  private static final int CLIP = 3 * 16_000;

  /** The farthest shift of sound by codecs and joints, in samples. */
  private static final int FARTHEST = 3_200;

  /** Correlation from which a frame is the same but for the losses of codecs. */
  private static final double ALIKE = 0.6;

  /** Names of formats, and how ffmpeg writes them. */
  private static final Map<String, String> FORMATS =
      Map.ofEntries(
          Map.entry("wav", "-c:a pcm_s16le -f wav"),
          Map.entry("24.wav", "-c:a pcm_s24le -f wav"),
          Map.entry("f.wav", "-c:a pcm_f32le -f wav"),
          Map.entry("ima.wav", "-c:a adpcm_ima_wav -f wav"),
          Map.entry("rf64", "-rf64 always -f wav"),
          Map.entry("w64", "-f w64"),
          Map.entry("aiff", "-f aiff"),
          Map.entry("caf", "-f caf"),
          Map.entry("alac.caf", "-c:a alac -f caf"),
          Map.entry("tta", "-c:a tta -f tta"),
          Map.entry("avi", "-c:a pcm_s16le -f avi"),
          Map.entry("au", "-f au"),
          Map.entry("voc", "-c:a pcm_s16le -f voc"),
          Map.entry("nut", "-c:a flac -f nut"),
          Map.entry("flv", "-c:a libmp3lame -b:a 96k -f flv"),
          Map.entry("flac", "-f flac"),
          Map.entry("oga", "-c:a flac -page_duration 200000 -f ogg"),
          Map.entry("ogg", "-c:a libvorbis -q:a 4 -page_duration 200000 -f ogg"),
          Map.entry("opus", "-c:a libopus -b:a 64k -page_duration 200000 -f ogg"),
          Map.entry("mp3", "-c:a libmp3lame -b:a 96k -f mp3"),
          Map.entry("m4a", "-c:a aac -b:a 96k -f mp4"),
          Map.entry("mp4", "-c:a aac -b:a 96k -movflags frag_keyframe+empty_moov -f mp4"),
          Map.entry("aac", "-c:a aac -b:a 96k -f adts"),
          Map.entry("ts", "-c:a aac -b:a 96k -f mpegts"),
          Map.entry("webm", "-c:a libopus -b:a 64k -cluster_time_limit 1000 -f webm"),
          Map.entry("mka", "-c:a flac -f matroska"),
          Map.entry("wma", "-c:a wmav2 -b:a 96k -f asf"),
          Map.entry("ac3", "-c:a ac3 -b:a 128k -f ac3"),
          Map.entry("eac3", "-c:a eac3 -b:a 128k -f eac3"),
          Map.entry("loas", "-c:a aac -b:a 96k -f latm"));

  /** Places of the speech in the channels. */
  private static final List<String> LAYOUTS =
      List.of(
          "mono|c0=c0",
          "stereo|c0=c0|c1=c0",
          "stereo|c0=c0|c1=-1*c0",
          "stereo|c0=0.003*c0|c1=0*c0");

  private static final List<Fault> FAULTS = List.of(Fault.values());

  private static final List<Integer> RATES = List.of(16_000, 44_100, 48_000, 32_000);

  /** One for all: each asks for the versions of its programs first. */
  private static final FfmpegDecoder DECODER =
      new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system());

  @TempDir private static Path folder;

  private static final Map<String, byte[]> ENCODED = new ConcurrentHashMap<>();

  static Stream<Arguments> combinations() {
    List<String> formats = FORMATS.keySet().stream().sorted().toList();
    List<Arguments> all = new ArrayList<>();
    for (int layout = 0; layout < LAYOUTS.size() * RATES.size(); layout++) {
      for (int format = 0; format < formats.size(); format++) {
        for (int fault = 0; fault < FAULTS.size(); fault++) {
          // neighbouring faults share a layout, so that few files must be encoded
          int chosen = (layout + format + fault / 6 * 5) % (LAYOUTS.size() * RATES.size());
          all.add(arguments(formats.get(format), chosen, FAULTS.get(fault)));
        }
      }
    }
    int wanted = Integer.getInteger("maie.faults", formats.size() * FAULTS.size());
    if (wanted > all.size()) {
      Collections.shuffle(all, new Random(wanted));
    }
    return all.stream().limit(wanted);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void everyFaultyVariantKeepsItsSpeechInPlace(String format, int layout, Fault fault)
      throws Exception {
    byte[] second =
        fault.isJoined()
            ? encoded(
                fault == Fault.JOINED_WITH_WAV ? "wav" : format,
                fault == Fault.JOINED_WITH_ANOTHER_RATE ? (layout + 5) % 16 : layout,
                1)
            : new byte[0];
    Optional<byte[]> bytes = fault.in(encoded(format, layout, 0), second);
    if (bytes.isEmpty()) {
      return;
    }
    Path file = Files.write(folder.resolve("faulty." + format), bytes.get());

    DecodedAudio audio =
        DECODER.decode(
            file, folder.resolve("faulty.pcm"), SoundSelection.AUTO, StageContext.disabled());

    float[] heard = Recordings.samples(audio);
    assertHolds(heard, 0);
    if (fault.isJoined()) {
      assertHolds(heard, 1);
    }
    assertThat(audio.heard().keptSamples()).isEqualTo(audio.heard().decodedSamples());
    assertThat(audio.warnings())
        .extracting(Warning::code)
        .doesNotContain(WarningCode.DECODE_ERRORS);
    assertThat(audio.complete() || fault.looksIncomplete()).as("complete").isTrue();
  }

  private static byte[] encoded(String format, int layout, int clip)
      throws IOException, InterruptedException {
    String key = format + layout + '-' + clip;
    byte[] known = ENCODED.get(key);
    if (known == null) {
      List<String> arguments = new ArrayList<>(List.of("-f", "f32le", "-ar", "16000", "-i"));
      arguments.add(clipFile(clip).toString());
      arguments.addAll(List.of("-af", "pan=" + LAYOUTS.get(layout % LAYOUTS.size())));
      arguments.addAll(List.of("-ar", String.valueOf(rate(format, layout))));
      arguments.addAll(List.of(requireNonNull(FORMATS.get(format)).split(" ", -1)));
      known = Files.readAllBytes(new Recordings(folder).ffmpeg("encoded-" + key, arguments));
      ENCODED.put(key, known);
    }
    return known;
  }

  private static int rate(String format, int layout) {
    if (format.equals("flv")) {
      return 44_100;
    }
    return List.of("opus", "webm", "ac3", "eac3").contains(format) ? 48_000 : RATES.get(layout / 4);
  }

  private static Path clipFile(int clip) throws IOException {
    Path file = folder.resolve("clip" + clip);
    if (!Files.exists(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * CLIP).order(ByteOrder.LITTLE_ENDIAN);
      for (float sample : clip(clip)) {
        bytes.putFloat(sample);
      }
      Files.write(file, bytes.array());
    }
    return file;
  }

  /** Syllables: noise through moving resonances, which no other stretch is like. */
  private static float[] clip(int seed) {
    Random random = new Random(seed);
    float[] samples = new float[CLIP];
    double one = 0;
    double two = 0;
    for (int i = 0; i < CLIP; i++) {
      double seconds = i / 16_000.0;
      double hertz = 500 + 300 * Math.sin(2 * Math.PI * (1.3 + seed) * seconds);
      double next =
          1.96 * Math.cos(2 * Math.PI * hertz / 16_000) * one
              - 0.9604 * two
              + 0.02 * random.nextGaussian();
      two = one;
      one = next;
      double envelope = Math.pow(Math.sin(2 * Math.PI * 2 * seconds), 2);
      samples[i] = (float) (next * (0.02 + envelope));
    }
    return samples;
  }

  /** Every quarter of a second of the clip is there, at its place up to the delay of a codec. */
  private static void assertHolds(float[] heard, int clip) {
    float[] clean = clip(clip);
    int frame = 4_000;
    for (int at = 0; at + frame <= CLIP; at += frame) {
      assertThat(isHeard(clean, at, heard, clip * CLIP + at, frame))
          .as("speech at " + at / 16_000.0 + " s of clip " + clip)
          .isTrue();
    }
  }

  /** Looks around the place where a frame should be, ever farther away. */
  private static boolean isHeard(float[] clean, int at, float[] heard, int there, int frame) {
    for (int away = 0; away <= FARTHEST; away += 2) {
      boolean isThere =
          Math.abs(likeness(clean, at, heard, there + away, frame)) > ALIKE
              || Math.abs(likeness(clean, at, heard, there - away, frame)) > ALIKE;
      if (isThere) {
        return true;
      }
    }
    return false;
  }

  /** Correlation of every second sample. */
  private static double likeness(float[] one, int at, float[] other, int there, int length) {
    double product = 0;
    double first = 1e-12;
    double second = 1e-12;
    for (int i = 0; i < length; i += 2) {
      int from = there + i;
      float value = from >= 0 && from < other.length ? other[from] : 0;
      product += one[at + i] * value;
      first += one[at + i] * one[at + i];
      second += value * value;
    }
    return product / Math.sqrt(first * second);
  }
}
