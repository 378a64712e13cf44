package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.durable.ReservedTail;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An incomplete file is decoded as far as it goes, and the result says so. */
final class DamageTest {
  @TempDir Path folder;

  private Recordings recordings;

  @BeforeEach
  void makeRecordings() {
    recordings = new Recordings(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "wav, pcm_s16le",
    "rf64, pcm_s16le",
    "w64, pcm_s16le",
    "ogg, libvorbis",
    "caf, pcm_s16le",
    "aiff, pcm_s16be",
    "flac, flac",
    "mp3, libmp3lame",
    "mka, flac"
  })
  void halfARecordingIsDecodedAndCalledIncomplete(String kind, String codec) throws Exception {
    Path whole =
        kind.equals("rf64")
            ? recordings.tone("whole.wav", "-rf64", "always")
            : recordings.tone("whole." + kind, "-c:a", codec);

    DecodedAudio audio = decode(recordings.cut(whole, "cut", 0.5));

    assertThat(audio.complete()).isFalse();
    assertThat(audio.warnings()).extracting(Warning::code).contains(WarningCode.INCOMPLETE_AUDIO);
    // whole pages and frames only: an Ogg page of this tone holds more than a second
    assertThat(audio.samples() / 16_000.0).isBetween(0.9, 3.2);
  }

  @Test
  void streamsJoinedAcrossAJumpOfTheClockAreComplete() throws Exception {
    byte[] first = Files.readAllBytes(recordings.tone("first.ts", "-c:a", "mp2"));
    Path second = recordings.tone("second.ts", "-c:a", "mp2", "-output_ts_offset", "5000");
    Path joined = Files.write(folder.resolve("joined.ts"), first);
    Files.write(joined, Files.readAllBytes(second), StandardOpenOption.APPEND);

    DecodedAudio audio = decode(joined);

    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings())
        .extracting(Warning::code)
        .isSubsetOf(WarningCode.TIMESTAMPS_IGNORED);
    double one = decode(second).samples() / 16_000.0;
    assertThat(audio.samples() / 16_000.0).isCloseTo(2 * one, within(0.2));
  }

  /**
   * Windows leaves such a file of an upload that breaks off: of the full size, with a hole at its
   * end.
   */
  @Test
  void aRecordingWhoseEndWasOnlyReservedIsCalledIncomplete() throws Exception {
    Path whole = recordings.tone("whole.wav");
    Path half = recordings.cut(whole, "half.wav", 0.5);
    try (RandomAccessFile open = new RandomAccessFile(half.toFile(), "rw")) {
      open.setLength(Files.size(whole));
    }
    assumeTrue(ReservedTail.bytes(half) > 0, "the file system does not tell what is reserved");

    DecodedAudio audio = decode(half);

    assertThat(audio.complete()).isFalse();
    assertThat(audio.warnings())
        .filteredOn(warning -> warning.code() == WarningCode.INCOMPLETE_AUDIO)
        .singleElement()
        .satisfies(warning -> assertThat(warning.message()).contains("reserved and never written"));
  }

  @Test
  void anMp4WithItsIndexFirstIsDecodedAsFarAsItGoes() throws Exception {
    Path whole = recordings.tone("whole.m4a", "-c:a", "aac", "-movflags", "+faststart");

    DecodedAudio audio = decode(recordings.cut(whole, "cut.m4a", 0.5));

    assertThat(audio.complete()).isFalse();
    assertThat(audio.declaredSeconds()).hasValueCloseTo(5.0, within(0.1));
    assertThat(audio.samples() / 16_000.0).isLessThan(4);
  }

  @Test
  void aRecorderThatNeverCompletedItsHeaderLosesNothing() throws Exception {
    Path whole = recordings.tone("whole.wav");
    byte[] open = {-1, -1, -1, -1};
    Path riff = recordings.patched(whole, "live0.wav", 4, open);
    Path live = recordings.patched(riff, "live.wav", Recordings.indexOf(whole, "data") + 4, open);

    DecodedAudio audio = decode(live);

    assertThat(audio.samples()).isEqualTo(80_000);
    assertThat(audio.declaredSeconds()).isEmpty();
    assertThat(audio.complete()).isTrue();
  }

  @Test
  void aFalseDurationOfTheWholeFileAsksForNoDisk() throws Exception {
    Path whole =
        recordings.tone(
            "whole.mkv",
            "-f",
            "lavfi",
            "-i",
            "color=black:s=16x16:r=1:d=5",
            "-c:v",
            "mpeg4",
            "-c:a",
            "flac");
    Path picture = withoutDuration(whole, "picture.mkv");
    Path untagged = withoutDuration(picture, "untagged.mkv");
    byte[] terasecond = ByteBuffer.allocate(8).putDouble(1e15).array();
    // the element Duration: id 44 89, a size of 8, a number of milliseconds
    int duration = Recordings.indexOf(whole, "D\u0089\u0088") + 3;

    DecodedAudio audio = decode(recordings.patched(untagged, "lie.mkv", duration, terasecond));

    assertThat(audio.samples()).isEqualTo(80_000);
    assertThat(audio.declaredSeconds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.mp3, libmp3lame", "a.m4a, aac", "a.ogg, libvorbis"})
  void damageInTheMiddleIsPassedOverWithAWarning(String name, String codec) throws Exception {
    Path whole = recordings.tone(name, "-c:a", codec);
    byte[] damage = new byte[2_000];
    Arrays.fill(damage, (byte) 0x55);
    int middle = (int) Files.size(whole) / 2;

    DecodedAudio audio = decode(recordings.patched(whole, "damaged-" + name, middle, damage));

    assertThat(audio.warnings()).extracting(Warning::code).contains(WarningCode.DECODE_ERRORS);
    assertThat(audio.warnings().get(0).message())
        .startsWith("Damaged places were skipped or may sound wrong, the first at about ")
        .doesNotContain(folder.toString())
        .doesNotContain("0x");
    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.6));
  }

  @ParameterizedTest
  @CsvSource({"a.mp3, libmp3lame", "a.m4a, aac"})
  void theWarningSaysWhereTheDamageIs(String name, String codec) throws Exception {
    Path whole =
        recordings.ffmpeg(
            name, List.of("-f", "lavfi", "-i", "anoisesrc=d=120:a=0.2:r=16000", "-c:a", codec));
    byte[] damage = new byte[20_000];
    Arrays.fill(damage, (byte) 0x55);
    int twoThirds = (int) (Files.size(whole) / 3 * 2);

    DecodedAudio audio = decode(recordings.patched(whole, "damaged-" + name, twoThirds, damage));

    Matcher place =
        Pattern.compile("the first at about 1 min (\\d+) s: ")
            .matcher(audio.warnings().get(0).message());
    assertThat(place.find()).as(audio.warnings().get(0).message()).isTrue();
    assertThat(Integer.parseInt(place.group(1))).isCloseTo(20, within(8));
  }

  @ParameterizedTest
  @CsvSource({"ac3, ac3", "eac3, eac3", "libmp3lame, mp3", "mp2, mp2", "aac, adts", "aac, latm"})
  void damageIsToldWhateverStandsAtTheEnds(String codec, String format) throws Exception {
    byte[] whole = noise(codec, format);
    byte[] damaged = whole.clone();
    Random random = new Random(3);
    byte[] other = new byte[5_000];
    random.nextBytes(other);
    System.arraycopy(other, 0, damaged, whole.length / 3 * 2, other.length);

    for (byte[] end : List.of(tag(), apeTag(codec), new byte[20_000], text(), new byte[0])) {
      byte[] head = end.length > 0 ? new byte[0] : text();
      DecodedAudio clean = decode(head, whole, end);
      assertThat(clean.warnings()).extracting(Warning::message).isEmpty();

      DecodedAudio audio = decode(head, damaged, end);
      assertThat(audio.warnings())
          .extracting(Warning::code)
          .containsExactly(WarningCode.DECODE_ERRORS);
      String message = audio.warnings().get(0).message();
      Matcher place = Pattern.compile("the first at about (\\d+) s").matcher(message);
      assertThat(place.find()).as(message).isTrue();
      assertThat(Integer.parseInt(place.group(1))).isCloseTo(20, within(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"ac3, ac3", "eac3, eac3", "libmp3lame, mp3", "mp2, mp2", "aac, adts", "aac, latm"})
  void framesWithOtherBytesBetweenThemAreUndamaged(String codec, String format) throws Exception {
    byte[] whole = noise(codec, format);

    for (byte[] between : List.of(tag(), apeTag(codec), new byte[20_000], text())) {
      DecodedAudio audio = decode(whole, between, whole, between);

      assertThat(audio.samples() / 16_000.0).isCloseTo(60, within(0.5));
      assertThat(audio.warnings()).extracting(Warning::message).isEmpty();
    }
  }

  private byte[] noise(String codec, String format) throws Exception {
    String noise = "anoisesrc=d=30:a=0.2:r=48000";
    return Files.readAllBytes(
        recordings.ffmpeg(
            "noise",
            List.of("-f", "lavfi", "-i", noise, "-c:a", codec, "-b:a", "96k", "-f", format)));
  }

  private static byte[] text() {
    return "\r\n--end of the call--\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] tag() {
    return Arrays.copyOf("TAGTitle".getBytes(StandardCharsets.US_ASCII), 128);
  }

  /** A cover that is one item, between a header and a footer; decoders of AAC hear one as sound. */
  private static byte[] apeTag(String codec) {
    byte[] cover = new byte[3_000];
    if (!codec.equals("aac")) {
      new Random(4).nextBytes(cover);
    }
    byte[] name = "Cover Art (Front)\0".getBytes(StandardCharsets.US_ASCII);
    int bytes = 8 + name.length + cover.length + 32;
    ByteBuffer tag = ByteBuffer.allocate(32 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    apeEnd(tag, bytes, 0xA000_0000);
    tag.putInt(cover.length).putInt(2).put(name).put(cover);
    apeEnd(tag, bytes, 0x8000_0000);
    return tag.array();
  }

  private static void apeEnd(ByteBuffer tag, int bytes, int flags) {
    tag.put("APETAGEX".getBytes(StandardCharsets.US_ASCII)).putInt(2_000).putInt(bytes);
    tag.putInt(1).putInt(flags).putLong(0);
  }

  private DecodedAudio decode(byte[]... pieces) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      all.writeBytes(piece);
    }
    return decode(recordings.bytes("pieces.bin", all.toByteArray()));
  }

  /** The decoder says nothing about it. */
  @Test
  void framesThatAFlacRecordingLacksAreMissing() throws Exception {
    Path whole =
        recordings.ffmpeg(
            "a.flac", List.of("-f", "lavfi", "-i", "anoisesrc=d=30:a=0.2:r=16000", "-c:a", "flac"));
    byte[] damage = new byte[20_000];
    Arrays.fill(damage, (byte) 0x55);

    DecodedAudio audio = decode(recordings.patched(whole, "damaged.flac", 600_000, damage));

    assertThat(audio.samples()).isEqualTo(480_000);
    assertThat(audio.complete()).isFalse();
    assertThat(audio.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo(WarningCode.DECODE_ERRORS);
              assertThat(warning.message()).matches(".*: 0[.][56789] s of the sound are lost.*");
            });
  }

  @Test
  void aGapDoesNotMoveWhatComesAfterIt() throws Exception {
    Path whole =
        recordings.ffmpeg(
            "whole.flac",
            java.util.List.of(
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.5*sin(2*PI*440*t)*gt(t\\,4)+0.01*sin(2*PI*100*t):s=16000:d=5"));
    byte[] damage = new byte[4_000];
    int at = (int) Files.size(whole) / 4;

    float[] samples = Recordings.samples(decode(recordings.patched(whole, "gap.flac", at, damage)));

    int loud = 0;
    while (Math.abs(samples[loud]) < 0.1) {
      loud++;
    }
    assertThat(loud / 16_000.0).isCloseTo(4, within(0.05));
  }

  /** Renames the tag of one stream in which Matroska tells its duration. */
  private Path withoutDuration(Path file, String name) throws Exception {
    return recordings.patched(file, name, Recordings.indexOf(file, "DURATION"), (byte) 'X');
  }

  private DecodedAudio decode(Path file) throws Exception {
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }
}
