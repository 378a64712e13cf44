package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that decoders refuse or misread cost none of the sound behind them. */
final class OddHeadersTest {
  private static final int SAMPLES = 2 * 16_000;
  private static final String GUID =
      "\u00f3\u00ac\u00d3\u0011\u008c\u00d1\0\u00c0O\u008e\u00db\u008a";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"5, false", "5, true", "500, true", "4000000000, true"})
  void aChunkOfWrongSizeBeforeTheSoundHidesNothing(long declared, boolean isCut) throws Exception {
    byte[] list = text("INFOISFT\u0005\0\0\0abcd\0" + (isCut ? "" : "\0"));

    assertWhole(
        wave(chunk("LIST", declared == 5 ? list.length - (isCut ? 0 : 1) : declared, list)));
  }

  @Test
  void bigEndianSamplesAreDecodedAsSuch() throws Exception {
    ByteBuffer file = ByteBuffer.allocate(44 + 2 * SAMPLES);
    file.put(text("RIFX")).putInt(36 + 2 * SAMPLES).put(text("WAVEfmt ")).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(16_000).putInt(32_000);
    file.putShort((short) 2).putShort((short) 16);
    file.put(text("data")).putInt(2 * SAMPLES).put(tone(ByteOrder.BIG_ENDIAN));

    assertWhole(written(file));
  }

  @Test
  void samplesOf24BitsIn32AreDecodedAsIntegers() throws Exception {
    ByteBuffer format = little(40).putShort((short) 0xFFFE).putShort((short) 1).putInt(16_000);
    format.putInt(64_000).putShort((short) 4).putShort((short) 32).putShort((short) 22);
    format.putShort((short) 24).putInt(4);
    format.put(text("\u0001\0\0\0\0\0\u0010\0\u0080\0\0\u00aa\08\u009bq"));
    ByteBuffer sound = little(4 * SAMPLES);
    ByteBuffer tone = ByteBuffer.wrap(tone(ByteOrder.LITTLE_ENDIAN)).order(ByteOrder.LITTLE_ENDIAN);
    while (tone.hasRemaining()) {
      sound.putInt(tone.getShort() << 16);
    }
    byte[] data = chunk("data", 4L * SAMPLES, written(sound));
    byte[] body = concat(text("WAVE"), chunk("fmt ", 40, written(format)), data);

    assertWhole(chunk("RIFF", body.length, body));
  }

  /** Tag, channels, bytes a second, bytes of a frame, bits. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 32000, 3, 16",
    "1, 2, 32000, 2, 16",
    "0, 1, 32000, 2, 16",
    "3, 1, 32000, 2, 16",
    "1, 1, 0, 0, 16"
  })
  void aFormatThatContradictsItselfIsReadByWhatAgrees(
      short tag, short channels, int pace, short frameBytes, short bits) throws Exception {
    ByteBuffer format = little(16).putShort(tag).putShort(channels).putInt(16_000).putInt(pace);
    byte[] sound = chunk("data", 2L * SAMPLES, tone(ByteOrder.LITTLE_ENDIAN));
    format.putShort(frameBytes).putShort(bits);
    byte[] body = concat(text("WAVE"), chunk("fmt ", 16, written(format)), sound);

    assertWhole(chunk("RIFF", body.length, body));
  }

  @Test
  void flacWhoseHeaderWasNeverFilledIsHeard() throws Exception {
    byte[] bytes = Files.readAllBytes(new Recordings(folder).tone("whole.flac"));
    Arrays.fill(bytes, 8, 42, (byte) 0);

    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.01));
    assertThat(audio.complete()).isTrue();
  }

  @Test
  void aTagThatClaimsFramesHidesNoSound() throws Exception {
    byte[] sound =
        Files.readAllBytes(new Recordings(folder).tone("whole.mp3", "-id3v2_version", "0"));
    // a size of seven bits a byte: half of the frames
    int claimed = sound.length / 2;
    byte[] tag = text("ID3\u0003\0\0\0\0\0\0TIT2\0\0\0\u0005\0\0\0abcd\0\0\0\0");
    tag[7] = (byte) (claimed >> 14 & 0x7F);
    tag[8] = (byte) (claimed >> 7 & 0x7F);
    tag[9] = (byte) (claimed & 0x7F);

    DecodedAudio audio = decode(concat(tag, sound));

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void theSoundOfBothDataChunksIsHeard() throws Exception {
    byte[] second = concat(chunk("data", 2L * SAMPLES, new byte[0]), tone(ByteOrder.LITTLE_ENDIAN));

    DecodedAudio audio = decode(concat(wave(new byte[0]), second));

    assertThat(audio.samples()).isBetween(2L * SAMPLES, 2L * SAMPLES + 8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\u00ef\u00bb\u00bf", "HTTP/1.1 200 OK\r\nContent-Type: audio/wav\r\n\r\n"})
  void bytesBeforeTheHeaderAreNoReasonToRefuse(String before) throws Exception {
    assertWhole(concat(text(before), wave(new byte[0])));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 24, 124, 24 + SAMPLES, 24 + 2 * SAMPLES, 1L << 62, -1})
  void aWave64FileMayDeclareAnySize(long declared) throws Exception {
    ByteBuffer file = little(200 + 2 * SAMPLES);
    file.put(text("riff.\u0091\u00cf\u0011\u00a5\u00d6(\u00db\u0004\u00c1\0\0"));
    file.putLong(declared).put(text("wave" + GUID));
    file.put(text("fmt " + GUID)).putLong(40).put(pcmFormat());
    file.put(text("data" + GUID)).putLong(declared).put(tone(ByteOrder.LITTLE_ENDIAN));

    assertWhole(written(file));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 64, SAMPLES, 2 * SAMPLES, Long.MAX_VALUE, -1})
  void anRf64FileMayDeclareAnySize(long declared) throws Exception {
    ByteBuffer file = little(100 + 2 * SAMPLES);
    file.put(text("RF64")).putInt(-1).put(text("WAVE"));
    file.put(text("ds64")).putInt(28).putLong(declared).putLong(declared).putLong(declared / 2);
    file.putInt(0);
    file.put(text("fmt ")).putInt(16).put(pcmFormat());
    file.put(text("data")).putInt(-1).put(tone(ByteOrder.LITTLE_ENDIAN));

    assertWhole(written(file));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "-1, -1", "0, -1", "20000, 20000"})
  void anAiffFileMayDeclareAnySize(int form, int sound) throws Exception {
    assertWhole(aiff(form, 0, sound, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {40_000, 0x7fff_ffff, -1})
  void anAiffOffsetThatLeavesNoRoomForTheSoundIsNotBelieved(int offset) throws Exception {
    assertWhole(aiff(46 + 2 * SAMPLES, SAMPLES, 8 + 2 * SAMPLES, offset));
  }

  private static byte[] aiff(int form, int samples, int sound, int offset) {
    ByteBuffer file = ByteBuffer.allocate(100 + 2 * SAMPLES);
    file.put(text("FORM")).putInt(form).put(text("AIFF"));
    file.put(text("COMM")).putInt(18).putShort((short) 1).putInt(samples).putShort((short) 16);
    // 16,000 as an 80-bit float
    file.putShort((short) (16_383 + 13)).putLong(16_000L << 50);
    file.put(text("SSND")).putInt(sound).putInt(offset).putInt(0).put(tone(ByteOrder.BIG_ENDIAN));
    return written(file);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "40000, true", "40000, false", "-1, true", "-1, false"})
  void anAuOffsetThatCannotBeRightIsNotBelieved(int offset, boolean isSizeDeclared)
      throws Exception {
    assertWhole(au(24, offset, isSizeDeclared));
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 28, 4_000, 40_000})
  void theOffsetOfAuSkipsTheAnnotation(int offset) throws Exception {
    assertWhole(au(offset, offset, true));
  }

  private static byte[] au(int soundAt, int offset, boolean isSizeDeclared) {
    ByteBuffer file = ByteBuffer.allocate(soundAt + 2 * SAMPLES);
    file.put(text(".snd")).putInt(offset).putInt(isSizeDeclared ? 2 * SAMPLES : -1).putInt(3);
    file.putInt(16_000).putInt(1).position(soundAt).put(tone(ByteOrder.BIG_ENDIAN));
    return written(file);
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 10_000, 40_000})
  void wmaMayDeclareLessDataThanThereIs(int declared) throws Exception {
    Path whole = new Recordings(folder).tone("whole.wma", "-c:a", "wmav2");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long before = decode(bytes).samples();

    file.putLong((int) file.getLong(16) + 16, declared);
    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples()).isEqualTo(before);
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void soundThatAnEditListHidesIsHeardWithAWarning() throws Exception {
    Path whole = new Recordings(folder).tone("whole.m4a", "-c:a", "aac");
    byte[] bytes = Files.readAllBytes(whole);
    int list = Recordings.indexOf(whole, "elst");
    // the first entry: its duration in thousandths of a second, where it begins in samples
    ByteBuffer.wrap(bytes).putInt(list + 12, 2_000).putInt(list + 16, 3 * 48_000);

    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.code()).isEqualTo(WarningCode.TIMESTAMPS_IGNORED))
        .satisfies(warning -> assertThat(warning.message()).contains("3.0 s"));
  }

  /** An edit that skips the delay of the encoder hides all of a sound that seems that short. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aTableOfTimesThatSumsUpToNothingHidesNothing(int units) throws Exception {
    Path whole = new Recordings(folder).tone("whole.m4a", "-c:a", "aac");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, "stts") + 16, units);

    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(audio.complete()).isTrue();
  }

  @Test
  void anEditThatLastsNothingHidesNothing() throws Exception {
    Path whole = new Recordings(folder).tone("whole.m4a", "-c:a", "aac");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, "elst") + 12, 0);

    assertThat(decode(bytes).samples() / 16_000.0).isCloseTo(5, within(0.1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"m4a", "mov"})
  void headersThatAllDeclareAFifthHideNothing(String ending) throws Exception {
    String codec = ending.equals("mov") ? "pcm_s16le" : "aac";
    Path whole = new Recordings(folder).tone("whole." + ending, "-c:a", codec);
    byte[] bytes = Files.readAllBytes(whole);
    divide(bytes, Recordings.indexOf(whole, "mvhd") + 20);
    divide(bytes, Recordings.indexOf(whole, "tkhd") + 24);
    divide(bytes, Recordings.indexOf(whole, "elst") + 12);
    divide(bytes, Recordings.indexOf(whole, "mdhd") + 20);

    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning.code()).isEqualTo(WarningCode.TIMESTAMPS_IGNORED))
        .satisfies(warning -> assertThat(warning.message()).contains("4.0 s"));
  }

  private static void divide(byte[] bytes, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    buffer.putInt(at, buffer.getInt(at) / 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opus", "webm"})
  void soundThatAnOpusHeaderLeavesOutIsHeardWithAWarning(String ending) throws Exception {
    Path whole = new Recordings(folder).tone("whole." + ending, "-c:a", "libopus");
    byte[] bytes = Files.readAllBytes(whole);
    int head = Recordings.indexOf(whole, "OpusHead");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(head + 10, (short) -1);
    if (ending.equals("opus")) {
      OggPages.sign(bytes);
    }

    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(audio.warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.TIMESTAMPS_IGNORED);
  }

  /** The reader of the container hides the steps back, so that the steps ahead add up. */
  @ParameterizedTest
  @CsvSource({
    "libopus, 48000, 1",
    "libopus, 48000, 3",
    "libvorbis, 44100, 1",
    "flac, 16000, 1",
    "flac, 16000, 4",
    "flac, 16000, 5"
  })
  void granulePositionsThatJitterLeaveNoGaps(String codec, int rate, int seed) throws Exception {
    byte[] bytes =
        Files.readAllBytes(
            new Recordings(folder)
                .ffmpeg(
                    "whole.ogg",
                    List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "anoisesrc=d=6.37:a=0.2:r=" + rate,
                        "-c:a",
                        codec,
                        "-page_duration",
                        "200000")));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(seed);
    for (int at = 0; at < bytes.length; at += OggPages.size(bytes, at)) {
      long granule = buffer.getLong(at + 6);
      double jitter = random.nextDouble(-0.2, 0.2) * rate;
      buffer.putLong(at + 6, granule > 0 ? Math.max(1, granule + (long) jitter) : granule);
    }
    OggPages.sign(bytes);

    DecodedAudio audio = decode(bytes);

    assertThat(audio.heard().insertedSamples()).isZero();
    assertThat(audio.samples() / 16_000.0).isCloseTo(6.37, within(0.2));
    assertThat(audio.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0", "2, 2.0"})
  void aClockOfOggThatStepsBackOnceMovesNothingAndIsTold(int stepSeconds, String deviation)
      throws Exception {
    byte[] bytes =
        Files.readAllBytes(
            new Recordings(folder)
                .tone("whole.ogg", "-ar", "16000", "-c:a", "flac", "-page_duration", "200000"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < bytes.length; at += OggPages.size(bytes, at)) {
      long granule = buffer.getLong(at + 6);
      buffer.putLong(at + 6, granule > 48_000 ? granule - stepSeconds * 16_000L : granule);
    }
    OggPages.sign(bytes);

    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples()).isEqualTo(80_000);
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo(WarningCode.TIMESTAMPS_IGNORED);
              assertThat(warning.message()).contains("deviate by " + deviation + " s");
            });
  }

  /** Recorders write -1, zero, or forget some pages. */
  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "-1, 3"})
  void opusWithoutGranulePositionsIsHeardWhole(long granule, int every) throws Exception {
    byte[] bytes =
        Files.readAllBytes(
            new Recordings(folder)
                .tone("whole.opus", "-c:a", "libopus", "-page_duration", "200000"));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int page = 0;
    for (int at = 0; at < bytes.length; at += OggPages.size(bytes, at)) {
      if (page >= 2 && page % every == 0) {
        buffer.putLong(at + 6, granule);
      }
      page++;
    }
    OggPages.sign(bytes);

    DecodedAudio audio = decode(bytes);

    // the end of the last packet, which no position cuts off, is heard as well
    assertThat(audio.samples() / 16_000.0).isBetween(4.99, 5.03);
    assertThat(Recordings.amplitude(Recordings.samples(audio), 440)).isCloseTo(0.25, within(0.01));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("whole.opus", "odd.bin", "out.pcm");
    }
  }

  @ParameterizedTest
  @CsvSource({"wv, 2", "wv, 1", "tta, 2"})
  void recordingsBehindEachOtherAreHeard(String ending, String channels) throws Exception {
    Recordings recordings = new Recordings(folder);
    byte[] first = Files.readAllBytes(recordings.tone("first." + ending));
    Path second = recordings.tone("second." + ending, "-ac", channels, "-ar", "32000");

    DecodedAudio audio = decode(concat(first, Files.readAllBytes(second)));

    assertThat(audio.samples() / 16_000.0).isCloseTo(10, within(0.1));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  private void assertWhole(byte[] file) throws Exception {
    DecodedAudio audio = decode(file);

    assertThat(audio.samples()).isBetween((long) SAMPLES - 16, (long) SAMPLES + 16);
    assertThat(Recordings.amplitude(Recordings.samples(audio), 440)).isCloseTo(0.25, within(0.01));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  private DecodedAudio decode(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("odd.bin"), bytes);
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }

  /** A WAV file with {@code chunk} before its sound. */
  private static byte[] wave(byte[] chunk) {
    byte[] format = concat(chunk("fmt ", 16, pcmFormat()), chunk);
    byte[] sound = chunk("data", 2L * SAMPLES, tone(ByteOrder.LITTLE_ENDIAN));
    byte[] body = concat(text("WAVE"), format, sound);
    return chunk("RIFF", body.length, body);
  }

  private static byte[] chunk(String name, long declared, byte[] content) {
    return written(little(8 + content.length).put(text(name)).putInt((int) declared).put(content));
  }

  private static byte[] pcmFormat() {
    return written(
        little(16)
            .putShort((short) 1)
            .putShort((short) 1)
            .putInt(16_000)
            .putInt(32_000)
            .putShort((short) 2)
            .putShort((short) 16));
  }

  private static byte[] tone(ByteOrder order) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * SAMPLES).order(order);
    for (int i = 0; i < SAMPLES; i++) {
      bytes.putShort((short) (8_192 * Math.sin(2 * Math.PI * 440 * i / 16_000)));
    }
    return bytes.array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] written(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
