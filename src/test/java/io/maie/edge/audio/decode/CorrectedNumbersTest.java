package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.container.Completeness;
import io.maie.edge.audio.container.ContainerCheck;
import io.maie.edge.audio.container.CorrectedNumbers;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that would hide sound from the decoder, where the rest of the file tells them. */
final class CorrectedNumbersTest {
  /** Clusters of a second. */
  private static final String SECONDS = "-cluster_time_limit 1000 ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "webm, -c:a libopus",
    "mka, -c:a flac -f matroska",
    "live.webm, -c:a libopus -f webm -live 1",
    "m4a, -c:a aac",
    "fast.m4a, -c:a aac -movflags faststart",
    "mp4, -c:a aac -movflags frag_keyframe+empty_moov",
    "mov, -c:a pcm_s16le",
    "mp3.mp4, -c:a libmp3lame",
    "alac.caf, -c:a alac",
    "ima.caf, -c:a adpcm_ima_qt",
    "caf, -c:a pcm_s16be",
    "flac, -c:a flac",
    "short.flac, -c:a flac -t 0.05",
    "tta, -c:a tta",
    "voc, -c:a pcm_s16le",
    "opus.mp4, -c:a libopus",
    "alac.m4a, -c:a alac",
    "ac3.mp4, -c:a ac3",
    "ima.mov, -c:a adpcm_ima_qt",
    "ulaw.mov, -c:a pcm_mulaw",
    "24.mov, -c:a pcm_s24le -ac 2",
    "two.mp4, -f lavfi -i anoisesrc=d=5 -map 0 -map 1 -c:a aac",
    "av.mp4, -f lavfi -i testsrc=d=5:s=64x64 -c:v mpeg4 -c:a aac",
    "wma, -c:a wmav2",
    "mkv, -f lavfi -i testsrc=d=5:s=64x64 -c:v mpeg4 -c:a aac -attach pom.xml"
        + " -metadata:s:t mimetype=text/xml"
  })
  void undamagedFilesStayAsTheyAre(String ending, String options) throws Exception {
    Path file = new Recordings(folder).tone("whole." + ending, options.split(" ", -1));

    assertThat(CorrectedNumbers.of(file).isEmpty()).isTrue();
  }

  /** Smallest and largest block size, smallest and largest size of a frame. */
  @ParameterizedTest
  @CsvSource({
    "16, 16, 14, 5000",
    "16, 4608, 14, 5000",
    "0, 0, 0, 0",
    "65535, 65535, 0, 0",
    "1152, 1152, 14, 5000",
    "4608, 4608, 1, 1",
    "4608, 4608, 16000000, 16000000",
    "4608, 4608, 5000, 14"
  })
  void blocksOfFlacMayHaveOtherSizesThanItsHeaderDeclares(
      int least, int most, int leastBytes, int mostBytes) throws Exception {
    Path whole = new Recordings(folder).tone("whole.flac");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    header.putShort(8, (short) least).putShort(10, (short) most);
    header.putShort(12, (short) (leastBytes >> 8)).put(14, (byte) leastBytes);
    header.putShort(15, (short) (mostBytes >> 8)).put(17, (byte) mostBytes);

    assertHeard(bytes);
    assertThat(new ContainerCheck().check(folder.resolve("odd.bin")).state())
        .isEqualTo(Completeness.State.WHOLE);
  }

  @Test
  void emptySpaceBetweenClustersAndTheirIndexIsNoFault() throws Exception {
    Path whole = new Recordings(folder).tone("whole.webm", "-c:a", "libopus");
    byte[] bytes = Files.readAllBytes(whole);
    int index = HexFormat.of().formatHex(bytes).lastIndexOf("1c53bb6b") / 2;
    byte[] space = {(byte) 0xEC, (byte) 0x84, 0, 0, 0, 0};
    Path spaced = folder.resolve("spaced.webm");
    try (OutputStream out = Files.newOutputStream(spaced)) {
      out.write(bytes, 0, index);
      out.write(space);
      out.write(bytes, index, bytes.length - index);
    }

    assertThat(CorrectedNumbers.of(spaced).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "stsz, 12, 3",
    "stsz, 12, 0",
    "stsz, 12, 100000",
    "stts, 8, 0",
    "stts, 8, 999",
    "stsc, 8, 0",
    "stco, 8, 1"
  })
  void aTableOfSamplesListsWhatItHolds(String box, int offset, int entries) throws Exception {
    Path whole = new Recordings(folder).tone("whole.m4a", "-c:a", "aac");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, box) + offset, entries);

    assertHeard(bytes);
  }

  @Test
  void aTableOfEqualSizesListsWhatTheDurationsTell() throws Exception {
    Path whole = new Recordings(folder).tone("whole.mp4", "-c:a", "libmp3lame", "-b:a", "64k");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, "stsz") + 12, 20);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "aac, m4a, stsz",
    "aac, m4a, stco",
    "aac, m4a, stts",
    "aac, m4a, stsz stts",
    "aac, m4a, stsz stco",
    "aac, m4a, stts stco",
    "aac, m4a, stsz stts stco",
    "aac, m4a, stsz stts stco mdhd",
    "libmp3lame -b:a 64k -ar 44100, mp4, stsz stts stco",
    "libmp3lame -b:a 64k -ar 44100, mp4, stco",
    "libopus, mp4, stco",
    "libopus, mp4, stts stco",
    "alac, m4a, stco"
  })
  void soundThatTheIndexOfMp4LeavesOutIsHeard(String codec, String ending, String tables)
      throws Exception {
    assertHeard(cut(codec, ending, tables));
  }

  @ParameterizedTest
  @CsvSource({
    "libopus, mp4, stsz",
    "libopus, mp4, stsz stts stco",
    "libopus, mp4, stsz stts stco mdhd",
    "alac, m4a, stsz stts stco"
  })
  void soundWithoutAnIndexThatNoDecoderFindsIsMissing(String codec, String ending, String tables)
      throws Exception {
    DecodedAudio audio = decode(cut(codec, ending, tables));

    assertThat(audio.samples() / 16_000.0).isBetween(0.2, 3.5);
    assertThat(audio.complete()).isFalse();
    assertThat(audio.declaredSeconds().orElse(0)).isCloseTo(5, within(1.0));
    assertThat(audio.warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.INCOMPLETE_AUDIO);
  }

  @Test
  void soundAmongPicturesThatTheIndexLeavesOutIsMissing() throws Exception {
    Path whole =
        new Recordings(folder)
            .tone(
                "whole.mp4",
                "-f lavfi -i testsrc=d=5:s=64x64 -map 0 -map 1 -c:v mpeg4 -c:a aac".split(" ", -1));
    DecodedAudio audio = decode(CutIndex.of(Files.readAllBytes(whole), 40, Set.of("stsz", "stts")));

    assertThat(audio.samples() / 16_000.0).isBetween(0.2, 3.5);
    assertThat(audio.complete()).isFalse();
    assertThat(audio.declaredSeconds().orElse(0)).isCloseTo(5, within(0.1));
  }

  @Test
  void otherBytesBehindTheSoundOfMp4AreNoSound() throws Exception {
    Path whole = new Recordings(folder).tone("whole.m4a", "-c:a", "aac");
    byte[] bytes = Files.readAllBytes(whole);
    int index = Recordings.indexOf(whole, "moov") - 4;
    int sound = Recordings.indexOf(whole, "mdat") - 4;
    int added = 8_000;
    ByteBuffer other = ByteBuffer.allocate(bytes.length + added).put(bytes, 0, index);
    Arrays.fill(other.array(), index, index + added, (byte) 'x');
    other.position(index + added).put(bytes, index, bytes.length - index);
    other.putInt(sound, other.getInt(sound) + added);

    assertHeard(other.array());
  }

  private byte[] cut(String codec, String ending, String tables) throws Exception {
    String[] options = ("-c:a " + codec + " -af volume=1").split(" ", -1);
    Path whole = new Recordings(folder).tone("whole." + ending, options);
    return CutIndex.of(Files.readAllBytes(whole), 40, Set.of(tables.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({"1", "10", "9999999", "-1"})
  void mpegAudioMayDeclareAnyNumberOfFrames(int frames) throws Exception {
    Path whole = new Recordings(folder).tone("whole.mp3", "-c:a", "libmp3lame", "-q:a", "4");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, "Xing") + 8, frames);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void wavMayDeclareLessThanASample(int size) throws Exception {
    Path whole = new Recordings(folder).tone("whole.wav", "-af", "pan=stereo|c0=c0|c1=c0");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(Recordings.indexOf(whole, "data") + 4, size);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0", "100", "-1"})
  void aiffMayDeclareAnyNumberOfSamples(int samples) throws Exception {
    Path whole = new Recordings(folder).tone("whole.aiff", "-c:a", "pcm_s16be");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, "COMM") + 10, samples);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0", "100", "4200", "16000000", "-1"})
  void aBlockOfVocMayDeclareAnySize(int size) throws Exception {
    Path whole = new Recordings(folder).tone("whole.voc", "-c:a", "pcm_s16le");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer blocks = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int second = 26 + 4 + (blocks.getInt(26) >>> Byte.SIZE);
    blocks.putInt(second, size << Byte.SIZE | bytes[second]);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0", "9", "20000", "1000000", "-1"})
  void theIndexIsFoundBehindSoundOfAnyDeclaredSize(int size) throws Exception {
    Path whole = new Recordings(folder).tone("whole.m4a", "-c:a", "aac");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putInt(Recordings.indexOf(whole, "mdat") - 4, size);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"alac", "adpcm_ima_qt"})
  void compressedSoundOfCafMayDeclareAnySize(String codec) throws Exception {
    Path whole = new Recordings(folder).tone("whole.caf", "-c:a", codec);
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putLong(Recordings.indexOf(whole, "data") + 4, bytes.length / 3);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0", "3", "200", "-1"})
  void theTableOfPacketsOfCafListsWhatItHolds(long packets) throws Exception {
    Path whole = new Recordings(folder).tone("whole.caf", "-c:a", "alac");
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).putLong(Recordings.indexOf(whole, "pakt") + 12, packets);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "48000, 2", "239000, 1", "241000, 1", "-1, 1"})
  void trueAudioMayDeclareAnyNumberOfSamples(int samples, int channels) throws Exception {
    String layout = channels == 1 ? "pan=mono|c0=c0" : "pan=stereo|c0=c0|c1=c0";
    Path whole = new Recordings(folder).tone("whole.tta", "-c:a", "tta", "-af", layout);
    byte[] bytes = Files.readAllBytes(whole);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(14, samples);

    assertHeard(bytes);
  }

  @ParameterizedTest
  @CsvSource({"webm, libopus", "mka, flac"})
  void aBlockOfMatroskaMayDeclareTooLittle(String ending, String codec) throws Exception {
    String options = "-c:a " + codec + " " + SECONDS + "-f matroska";
    Path whole = new Recordings(folder).tone("whole." + ending, options.split(" ", -1));
    byte[] bytes = Files.readAllBytes(whole);
    int block = simpleBlock(bytes, Recordings.indexOf(whole, "\u001fC\u00b6u") + 1_000);
    int sizeBytes = Integer.numberOfLeadingZeros(bytes[block + 1] & 0xFF) - 23;
    // only the marker of the size is left, and a few bytes
    Arrays.fill(bytes, block + 1, block + 1 + sizeBytes, (byte) 0);
    bytes[block + 1] = (byte) (0x80 >> (sizeBytes - 1));
    bytes[block + sizeBytes] |= 9;

    assertHeard(bytes);
  }

  /** Position of a block of the first track that has no lacing, from {@code from} on. */
  private static int simpleBlock(byte[] bytes, int from) {
    int at = from;
    while (true) {
      int sizeBytes = Integer.numberOfLeadingZeros(bytes[at + 1] & 0xFF) - 23;
      boolean isBlock =
          bytes[at] == (byte) 0xA3
              && sizeBytes <= 4
              && bytes[at + 1 + sizeBytes] == (byte) 0x81
              && bytes[at + 4 + sizeBytes] == (byte) 0x80;
      if (isBlock) {
        return at;
      }
      at++;
    }
  }

  private void assertHeard(byte[] bytes) throws Exception {
    DecodedAudio audio = decode(bytes);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(0.1));
    assertThat(Recordings.rms(Recordings.samples(audio))).isCloseTo(0.177, within(0.01));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  private DecodedAudio decode(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("odd.bin"), bytes);
    DecodedAudio audio =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
    assertNoCopyIsLeft();
    return audio;
  }

  private void assertNoCopyIsLeft() throws IOException {
    assertThat(folder.resolve("source-copy")).doesNotExist();
  }
}
