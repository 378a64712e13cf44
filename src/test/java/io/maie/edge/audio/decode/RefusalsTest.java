package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that cannot become samples get the code with the reason, and leave no samples behind. */
final class RefusalsTest {
  @TempDir Path folder;

  private Recordings recordings;

  @BeforeEach
  void makeRecordings() {
    recordings = new Recordings(folder);
  }

  @Test
  void zeroBytesAreAnEmptyFile() throws Exception {
    assertRefused(recordings.bytes("empty.wav", new byte[0]), FailureCode.EMPTY_FILE);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 20, 44})
  void aBrokenOffHeaderIsAnEmptyFile(int bytes) throws Exception {
    Path whole = recordings.tone("whole.wav");

    assertRefused(
        recordings.bytes("h.wav", java.util.Arrays.copyOf(Files.readAllBytes(whole), bytes)),
        FailureCode.EMPTY_FILE);
  }

  @Test
  void aWholeHeaderWithoutSamplesIsAnEmptyFile() throws Exception {
    Path whole = recordings.tone("whole.wav");
    int data = Recordings.indexOf(whole, "data");
    byte[] header = java.util.Arrays.copyOf(Files.readAllBytes(whole), data + 8);
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putInt(data + 4, 0);

    assertRefused(recordings.bytes("header.wav", header), FailureCode.EMPTY_FILE);
  }

  @Test
  void textIsNoRecordingWhateverItsName() throws Exception {
    byte[] text = "Grüße aus dem Sekretariat, das ist kein Ton.\n".getBytes(StandardCharsets.UTF_8);

    ProcessingException failure =
        assertRefused(recordings.bytes("text.wav", text), FailureCode.NO_AUDIO_STREAM);

    assertThat(failure).hasMessage("Expected a recording, found text");
    assertThat(failure.hint()).isPresent();
    assertRefused(recordings.bytes("text.txt", text), FailureCode.NO_AUDIO_STREAM);
    assertRefused(recordings.bytes("text.mp3", text), FailureCode.NO_AUDIO_STREAM);
  }

  @Test
  void anArchiveIsNoRecording() throws Exception {
    Path sound = recordings.tone("sound.mp3");
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(archive)) {
      zip.putNextEntry(new ZipEntry("sound.mp3"));
      zip.write(Files.readAllBytes(sound));
    }

    assertThat(
            assertRefused(
                recordings.bytes("zip.wav", archive.toByteArray()), FailureCode.NO_AUDIO_STREAM))
        .hasMessageContaining("ZIP archive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"picture.jpg", "picture.wav", "picture.png"})
  void aPictureIsNoRecording(String name) throws Exception {
    Path picture =
        recordings.ffmpeg(
            name.endsWith("png") ? "made.png" : "made.jpg",
            List.of("-f", "lavfi", "-i", "testsrc=size=64x64", "-frames:v", "1"));

    assertThat(
            assertRefused(Files.move(picture, folder.resolve(name)), FailureCode.NO_AUDIO_STREAM))
        .hasMessageContaining("picture");
  }

  @Test
  void aVideoWithoutSoundIsNoRecording() throws Exception {
    Path video =
        recordings.ffmpeg(
            "v.mp4",
            List.of("-f", "lavfi", "-i", "testsrc=duration=1:size=64x64", "-c:v", "mpeg4"));

    assertThat(assertRefused(video, FailureCode.NO_AUDIO_STREAM)).hasMessageContaining("mpeg4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wav", "mp3", "m4a", "flac", "aac", "mlp", "thd", "sbc", "msbc", "ac3", "eac3", "aptx",
        "aptxhd", "dts", "mp2", "amr", "awb", "opus", "spx", "tta", "wv", "ape", "mpc", "shn",
        "g729", "g723_1", "bit", "sb", "sw", "ub", "dfpwm", "vt", "jpg", "tga", "loas"
      })
  void noiseIsNoRecordingWhateverItsName(String extension) throws Exception {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);

    assertThat(
            assertRefused(
                recordings.bytes("noise." + extension, noise), FailureCode.NO_AUDIO_STREAM))
        .hasMessageContaining("data in no known audio format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sb", "sw", "ub", "g729", "aptx", "sbc", "vt", "ac3", "mp2"})
  void textIsTextUnderNamesOfBareSound(String extension) throws Exception {
    byte[] text = "Guten Tag, das ist kein Ton. ".repeat(900).getBytes(StandardCharsets.UTF_8);

    assertThat(
            assertRefused(recordings.bytes("text." + extension, text), FailureCode.NO_AUDIO_STREAM))
        .hasMessage("Expected a recording, found text");
  }

  @ParameterizedTest
  @CsvSource({"aptx, aptx", "aptxhd, aptx_hd", "sbc, sbc", "ac3, ac3", "mp2, mp2", "sw, s16le"})
  void soundIsHeardUnderNamesOfBareSound(String extension, String format) throws Exception {
    Path file = recordings.tone("tone." + extension, "-ar", "44100", "-ac", "2", "-f", format);

    DecodedAudio audio =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());

    assertThat(audio.samples()).isGreaterThan(4 * 16_000);
  }

  /** The list names a pipe; opening it would wait for its writer. */
  @ParameterizedTest
  @CsvSource({
    "list.m3u8, '#EXTM3U\\n#EXT-X-TARGETDURATION:9\\n#EXTINF:9,\\npipe.ts\\n#EXT-X-ENDLIST\\n'",
    "list.wav, '#EXTM3U\\n#EXT-X-TARGETDURATION:9\\n#EXTINF:9,\\npipe.ts\\n#EXT-X-ENDLIST\\n'",
    "tag.mp3, 'ID3\\04\\0\\0\\0\\0\\0\\0#EXTM3U\\n"
        + "#EXT-X-TARGETDURATION:9\\n"
        + "#EXTINF:9,\\n"
        + "pipe.ts\\n"
        + "'",
    "concat.wav, 'ffconcat version 1.0\\nfile pipe.ts\\n'",
    "itself.wav, 'ffconcat version 1.0\\nfile itself.wav\\n'"
  })
  void aPlaylistIsRefusedBeforeAnotherFileIsOpened(String name, String text) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", folder.resolve("pipe.ts").toString()).start().waitFor())
        .isZero();

    assertThat(
            assertRefused(
                recordings.bytes(name, unescaped(text)),
                FailureCode.NO_AUDIO_STREAM,
                DecodeOptions.DEFAULTS))
        .hasMessageContaining("playlist");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\\n#EXT-X-TARGETDURATION:9\\n#EXTINF:9,\\nADDRESS\\n#EXT-X-ENDLIST\\n",
        "#EXTM3U\\nADDRESS\\n",
        "ffconcat version 1.0\\nfile ADDRESS\\n",
        "[playlist]\\nFile1=ADDRESS\\n"
      })
  void noAddressThatAFileNamesIsAskedForAnything(String text) throws Exception {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.configureBlocking(false);
      String address = "http://127.0.0.1:" + server.socket().getLocalPort() + "/sound.ts";

      assertRefused(
          recordings.bytes("list.wav", unescaped(text.replace("ADDRESS", address))),
          FailureCode.NO_AUDIO_STREAM);

      assertThat(server.accept()).as("a connection").isNull();
    }
  }

  private static byte[] unescaped(String text) {
    return text.translateEscapes().getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void anMp4WithoutItsIndexIsIncomplete() throws Exception {
    Path whole = recordings.tone("whole.m4a", "-c:a", "aac");

    assertThat(
            assertRefused(recordings.cut(whole, "cut.m4a", 0.5), FailureCode.INCOMPLETE_FILE)
                .hint())
        .hasValueSatisfying(hint -> assertThat(hint).contains("Copy the recording again"));
  }

  @ParameterizedTest
  @CsvSource({
    "letter.m4a, 'PK\\03\\04letter', ZIP",
    "page.m4a, '<!DOCTYPE html><html><body>Sign in</body></html>', web page",
    "note.wav, '\\377\\376H\\0e\\0l\\0l\\0o\\0 \\0a\\0l\\0l\\0', text",
    "setup.m4a, 'MZ\\220\\0This program needs Windows', program",
    "list.m4a, 'SQLite format 3\\0', database",
    "song.mp3, 'MThd\\0\\0\\0\\06\\0\\01', MIDI",
    "photo.m4a, '\\0\\0\\0\\30ftypheic\\0\\0\\0\\0mif1heic', HEIC",
    "._talk.m4a, '\\0\\05\\26\\07\\0\\02\\0\\0Mac OS X', AppleDouble",
    "track01.wav, 'RIFF$\\0\\0\\0CDDAfmt ', CD",
    "filled.mp3, '\\0\\0\\0\\0', zeros"
  })
  void aFileWithoutSoundIsCalledByItsKind(String name, String head, String words) throws Exception {
    byte[] bytes = Arrays.copyOf(unescaped(head), 3_000);
    if (words.equals("text")) {
      bytes = unescaped(head);
    }

    assertThat(assertRefused(recordings.bytes(name, bytes), FailureCode.NO_AUDIO_STREAM))
        .hasMessageContaining(words);
  }

  @Test
  void aDictationThatCannotBeDecodedIsToBeExported() throws Exception {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    System.arraycopy(unescaped("\\02dss"), 0, noise, 0, 4);

    assertThat(
            assertRefused(recordings.bytes("a.dss", noise), FailureCode.UNSUPPORTED_CODEC).hint())
        .hasValueSatisfying(hint -> assertThat(hint).contains("Export the dictation"));
  }

  @Test
  void anUnknownCodecIsUnsupported() throws Exception {
    Path whole = recordings.tone("whole.wav");

    assertThat(
            assertRefused(
                recordings.patched(whole, "unknown.wav", 20, (byte) 0x34, (byte) 0x12),
                FailureCode.UNSUPPORTED_CODEC))
        .hasMessageContaining("unknown codec");
  }

  @ParameterizedTest
  @ValueSource(strings = {"drms", "enca", "aavd"})
  void copyProtectionIsRespected(String tag) throws Exception {
    Path whole = recordings.tone("whole.m4a", "-c:a", "aac");
    int entry = Recordings.indexOf(whole, "mp4a");

    assertRefused(
        recordings.patched(whole, "p.m4a", entry, tag.getBytes(StandardCharsets.US_ASCII)),
        FailureCode.DRM_PROTECTED);
  }

  @ParameterizedTest
  @ValueSource(shorts = {65, 200, 30_000})
  void tooManyChannelsAreRefused(short channels) throws Exception {
    Path whole = recordings.tone("whole.wav");
    int frameBytes = channels * Short.BYTES;
    byte[] format =
        ByteBuffer.allocate(12)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort(channels)
            .putInt(16_000)
            .putInt(16_000 * frameBytes)
            .putShort((short) frameBytes)
            .array();

    assertRefused(recordings.patched(whole, "many.wav", 22, format), FailureCode.UNSUPPORTED_CODEC);
  }

  @Test
  void soundThatSwellsBeyondTheLimitStopsTheDecoder() throws Exception {
    Path whole = recordings.tone("whole.wav");
    // one sample a second, and two bytes
    byte[] slow = {1, 0, 0, 0, 2, 0, 0, 0};
    Path bomb = recordings.patched(whole, "bomb.wav", 24, slow);

    assertThat(assertRefused(bomb, FailureCode.AUDIO_TOO_LONG)).hasMessageContaining("it goes on");
  }

  @Test
  void moreSoundThanAllowedStopsTheDecoderOnTheWay() throws Exception {
    Path undeclared = recordings.tone("undeclared.aac", "-c:a", "aac");

    assertRefused(
        undeclared,
        FailureCode.AUDIO_TOO_LONG,
        options(Duration.ofMillis(100), Duration.ofSeconds(2), 1 << 20, 1_000));
  }

  @Test
  void lessSoundThanAskedForIsTooShort() throws Exception {
    assertThat(
            assertRefused(recordings.tone("short.wav", "-t", "0.05"), FailureCode.AUDIO_TOO_SHORT))
        .hasMessage("Expected at least 0.1 s of sound, found 0.05 s");
  }

  @Test
  void aFileThatIsTooLargeIsRefused() throws Exception {
    assertRefused(
        recordings.tone("large.wav"),
        FailureCode.FILE_TOO_LARGE,
        options(Duration.ZERO, Duration.ofHours(1), 1_000, 1_000));
  }

  @Test
  void aFullDiskIsTheInstallationsFault() throws Exception {
    ProcessingException failure =
        assertRefused(
            recordings.tone("a.wav"),
            FailureCode.DISK_FULL,
            options(Duration.ZERO, Duration.ofHours(1), 1 << 20, Long.MAX_VALUE / 2));

    assertThat(failure.code().scope()).isEqualTo(FailureCode.Scope.INSTALLATION);
    assertThat(failure.details()).containsKeys("needed_bytes", "usable_bytes");
  }

  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.wav"), recordings.tone("target.wav"));

    assertRefused(link, FailureCode.FILE_SYSTEM_ERROR);
  }

  @Test
  void aVanishedFileIsAFaultOfItsFolder() throws Exception {
    assertRefused(folder.resolve("gone.wav"), FailureCode.FILE_SYSTEM_ERROR);
  }

  private ProcessingException assertRefused(Path file, FailureCode code) {
    return assertRefused(file, code, DecodeOptions.DEFAULTS);
  }

  private ProcessingException assertRefused(Path file, FailureCode code, DecodeOptions options) {
    Path pcm = folder.resolve("out.pcm");
    ProcessingException failure =
        catchThrowableOfType(
            ProcessingException.class,
            () ->
                new FfmpegDecoder(options, Ticker.system())
                    .decode(file, pcm, SoundSelection.AUTO, StageContext.disabled()));

    assertThat(failure).as("'%s' is refused", file.getFileName()).isNotNull();
    assertThat(failure.code()).as("%s", failure).isEqualTo(code);
    assertThat(failure).hasMessageStartingWith("Expected ");
    assertThat(failure.getMessage()).doesNotContain(folder.toString());
    assertThat(pcm).doesNotExist();
    return failure;
  }

  private static DecodeOptions options(Duration min, Duration max, long maxBytes, long margin) {
    return new DecodeOptions(
        "ffmpeg",
        "ffprobe",
        min,
        max,
        maxBytes,
        64,
        768_000,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        margin);
  }
}
