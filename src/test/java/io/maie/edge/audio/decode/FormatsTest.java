package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every format a recorder or phone is likely to write comes out with its pitch, level and length.
 */
final class FormatsTest {
  /** Tolerance around 0.25; lossy codecs and 8-bit samples change a tone a little. */
  private static final double LEVEL_TOLERANCE = 0.02;

  /** In seconds: codecs round up to whole packets. */
  private static final double LENGTH_TOLERANCE = 0.1;

  @TempDir Path folder;

  private Recordings recordings;

  @BeforeEach
  void makeRecordings() {
    recordings = new Recordings(folder);
  }

  @ParameterizedTest
  @CsvSource({
    "a.wav, -c:a pcm_s16le, wav/pcm_s16le",
    "u8.wav, -c:a pcm_u8, wav/pcm_u8",
    "s24.wav, -c:a pcm_s24le, wav/pcm_s24le",
    "s32.wav, -c:a pcm_s32le, wav/pcm_s32le",
    "f32.wav, -c:a pcm_f32le, wav/pcm_f32le",
    "f64.wav, -c:a pcm_f64le, wav/pcm_f64le",
    "mulaw.wav, -c:a pcm_mulaw -ar 8000, wav/pcm_mulaw",
    "alaw.wav, -c:a pcm_alaw -ar 8000, wav/pcm_alaw",
    "adpcm.wav, -c:a adpcm_ima_wav, wav/adpcm_ima_wav",
    "gsm.wav, -c:a libgsm_ms -ar 8000, wav/gsm_ms",
    "high.wav, -ar 192000, wav/pcm_s16le",
    "odd.wav, -ar 11025, wav/pcm_s16le",
    "stereo.wav, -af pan=stereo|c0=c0|c1=c0, wav/pcm_s16le",
    "surround.wav, -af pan=7.1|FL=c0|FR=c0|FC=c0|LFE=0*c0|BL=c0|BR=c0|SL=c0|SR=c0,"
        + " wav/pcm_s16le",
    "rf64.wav, -rf64 always, wav/pcm_s16le",
    "a.w64, -c:a pcm_s16le, w64/pcm_s16le",
    "a.aiff, -c:a pcm_s16be, aiff/pcm_s16be",
    "a.au, -c:a pcm_s16be, au/pcm_s16be",
    "a.caf, -c:a pcm_s16le, caf/pcm_s16le",
    "a.flac, -c:a flac, flac/flac",
    "a.m4a, -c:a aac, mp4/aac",
    "alac.m4a, -c:a alac, mp4/alac",
    "a.aac, -c:a aac, aac/aac",
    "a.mp3, -c:a libmp3lame, mp3/mp3",
    "a.ogg, -c:a libvorbis, ogg/vorbis",
    "a.opus, -c:a libopus, ogg/opus",
    "a.spx, -c:a libspeex -ar 16000, ogg/speex",
    "a.wma, -c:a wmav2, asf/wmav2",
    "a.webm, -c:a libopus, matroska/opus",
    "a.mka, -c:a flac, matroska/flac",
    "a.3gp, -c:a aac, mp4/aac",
    "a.ts, -c:a aac, mpegts/aac",
    "a.wv, -c:a wavpack, wv/wavpack",
    "a.ac3, -c:a ac3, ac3/ac3",
    "a.mov, -c:a pcm_s16be, mp4/pcm_s16be",
    "a.avi, -c:a libmp3lame, avi/mp3"
  })
  void aToneKeepsItsPitchLevelAndLength(String name, String options, String format)
      throws Exception {
    Path file = recordings.tone(name, options.split(" "));

    DecodedAudio audio = decode(file);

    assertThat(audio.format()).isEqualTo(format);
    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(LENGTH_TOLERANCE));
    float[] samples = Recordings.samples(audio);
    assertThat(Recordings.amplitude(samples, 440)).isCloseTo(0.25, within(LEVEL_TOLERANCE));
    assertThat(Recordings.rms(samples)).isCloseTo(0.25 / Math.sqrt(2), within(LEVEL_TOLERANCE));
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void theSourceIsDescribedAndItsChecksumIsRight() throws Exception {
    Path file = recordings.tone("a.wav", "-ar", "44100", "-ac", "2");

    DecodedAudio audio = decode(file);

    byte[] content = Files.readAllBytes(file);
    assertThat(audio.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    assertThat(audio.bytes()).isEqualTo(content.length);
    assertThat(audio.sampleRate()).isEqualTo(44_100);
    assertThat(audio.channels()).isEqualTo(2);
    assertThat(audio.declaredSeconds()).hasValue(5);
    assertThat(audio.samples()).isEqualTo(80_000);
    assertThat(audio.decoderVersion()).matches("ffmpeg \\S+");
  }

  @Test
  void sixteenKilohertzMonoPassesUnchanged() throws Exception {
    Path file = recordings.tone("a.wav", "-ar", "16000", "-c:a", "pcm_s16le");

    DecodedAudio audio = decode(file);

    byte[] source = Files.readAllBytes(file);
    byte[] pcm = Files.readAllBytes(audio.pcm());
    assertThat(pcm)
        .isEqualTo(java.util.Arrays.copyOfRange(source, source.length - pcm.length, source.length));
  }

  @Test
  void timeStampsThatStandStillAreNone() throws Exception {
    Path file = recordings.tone("a.ra", "-c:a", "ra_144", "-ar", "8000");

    DecodedAudio audio = decode(file);

    assertThat(audio.samples() / 16_000.0).isCloseTo(5, within(LENGTH_TOLERANCE));
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void theContentCountsNotTheName() throws Exception {
    Path mp3 = recordings.tone("a.mp3");
    Path misnamed = Files.move(mp3, folder.resolve("really an mp3.wav"));

    assertThat(decode(misnamed).format()).isEqualTo("mp3/mp3");
  }

  /** No encoder of these is free, so the frames are written by hand: each is 20 ms of nothing. */
  @ParameterizedTest
  @CsvSource({"#!AMR, 60, 31, amr/amr_nb", "#!AMR-WB, 68, 60, amr/amr_wb"})
  void formatsOfPhonesAreDecoded(String magic, int frameType, int frameBytes, String format)
      throws Exception {
    byte[] frame = new byte[1 + frameBytes];
    frame[0] = (byte) frameType;
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes((magic + "\n").getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 250; i++) {
      content.writeBytes(frame);
    }

    DecodedAudio audio = decode(recordings.bytes("phone.amr", content.toByteArray()));

    assertThat(audio.format()).isEqualTo(format);
    assertThat(audio.samples()).isEqualTo(80_000);
    assertThat(audio.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "v.mp4, mpeg4, aac, mp4/aac",
    "v.mov, mpeg4, aac, mp4/aac",
    "v.mkv, mpeg4, flac, matroska/flac",
    "v.webm, libvpx, libvorbis, matroska/vorbis",
    "v.avi, mpeg4, libmp3lame, avi/mp3"
  })
  void theSoundOfAVideoIsExtracted(String name, String picture, String sound, String format)
      throws Exception {
    Path video = video(name, "0", picture, sound);

    DecodedAudio audio = decode(video);

    assertThat(audio.format()).isEqualTo(format);
    assertThat(Recordings.amplitude(Recordings.samples(audio), 440))
        .isCloseTo(0.25, within(LEVEL_TOLERANCE));
    assertThat(audio.complete()).isTrue();
  }

  @Test
  void soundThatBeginsLateInAVideoKeepsItsTime() throws Exception {
    Path video = video("late.mkv", "2", "mpeg4", "aac");

    float[] samples = Recordings.samples(decode(video));

    assertThat(samples.length / 16_000.0).isCloseTo(7, within(LENGTH_TOLERANCE));
    assertThat(firstLoud(samples) / 16_000.0).isCloseTo(2, within(LENGTH_TOLERANCE));
  }

  @Test
  void thePreferredOfSeveralSoundTracksIsTaken() throws Exception {
    Path two =
        recordings.ffmpeg(
            "two.mka",
            List.of(
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.25*sin(2*PI*300*t):s=16000:d=3",
                "-f",
                "lavfi",
                "-i",
                "aevalsrc=0.25*sin(2*PI*700*t):s=16000:d=3",
                "-map",
                "0",
                "-map",
                "1",
                "-c:a",
                "flac",
                "-disposition:a:0",
                "0",
                "-disposition:a:1",
                "default"));

    float[] samples = Recordings.samples(decode(two));

    assertThat(Recordings.amplitude(samples, 700)).isCloseTo(0.25, within(LEVEL_TOLERANCE));
    assertThat(Recordings.amplitude(samples, 300)).isLessThan(LEVEL_TOLERANCE);
  }

  @Test
  void silenceIsARecording() throws Exception {
    Path silence =
        recordings.ffmpeg("s.wav", List.of("-f", "lavfi", "-i", "anullsrc=r=16000:cl=mono:d=2"));

    DecodedAudio audio = decode(silence);

    assertThat(audio.samples()).isEqualTo(32_000);
    assertThat(audio.warnings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-begins with a dash.wav", "a:colon.wav", "100 %03d percent.wav", "ümlaut 会議.wav"})
  void awkwardNamesAreOnlyNames(String name) throws Exception {
    Path plain = recordings.tone("plain.wav");

    assertThat(decode(Files.move(plain, folder.resolve(name))).samples()).isEqualTo(80_000);
  }

  @Test
  void aNameWithANewlineIsOnlyAName() throws Exception {
    Path plain = recordings.tone("plain.wav");

    assertThat(decode(Files.move(plain, folder.resolve("two\nlines.wav"))).samples())
        .isEqualTo(80_000);
  }

  @Test
  void aNameThatIsNoTextIsReachedByATemporaryLink() throws Exception {
    recordings.tone("plain.wav");
    Process rename =
        new ProcessBuilder("sh", "-c", "mv plain.wav \"$(printf 'bad\\377name.wav')\"")
            .directory(folder.toFile())
            .start();
    assertThat(rename.waitFor()).isZero();
    Path odd;
    try (var files = Files.list(folder)) {
      odd = files.findFirst().orElseThrow();
    }

    assertThat(decode(odd).samples()).isEqualTo(80_000);
    assertThat(folder.resolve("source-link")).doesNotExist();
  }

  private Path video(String name, String soundBegins, String picture, String sound)
      throws Exception {
    return recordings.ffmpeg(
        name,
        List.of(
            "-f",
            "lavfi",
            "-i",
            "testsrc=duration=8:size=64x64:rate=10",
            "-itsoffset",
            soundBegins,
            "-f",
            "lavfi",
            "-i",
            "aevalsrc=0.25*sin(2*PI*440*t):s=48000:d=5",
            "-map",
            "0",
            "-map",
            "1",
            "-c:v",
            picture,
            "-c:a",
            sound));
  }

  private static int firstLoud(float[] samples) {
    for (int i = 0; i < samples.length; i++) {
      if (Math.abs(samples[i]) > 0.1) {
        return i;
      }
    }
    return samples.length;
  }

  private DecodedAudio decode(Path file) throws Exception {
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }
}
