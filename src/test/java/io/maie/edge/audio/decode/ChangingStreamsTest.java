package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that become others, and pieces that come in the wrong order, are heard whole. */
final class ChangingStreamsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"aac, 2, mp2, 2, 0", "mp2, 1, ac3, 2, 0", "aac, 1, aac, 6, 0", "ac3, 2, mp2, 2, 1"})
  void aTransportStreamMayChangeItsCodecAndChannels(
      String first, String channels, String second, String others, String m2ts) throws Exception {
    Recordings recordings = new Recordings(folder);
    Path one = stream(recordings, "one", first, channels, m2ts);
    Path two = stream(recordings, "two", second, others, m2ts);

    DecodedAudio audio = decode(concat(Files.readAllBytes(one), Files.readAllBytes(two)));

    float[] heard = Recordings.samples(audio);
    assertThat(heard.length / 16_000.0).isCloseTo(10, within(0.2));
    float[] before = Arrays.copyOf(heard, 4 * 16_000);
    float[] behind = Arrays.copyOfRange(heard, 6 * 16_000, 9 * 16_000);
    // encoders mix one channel into several more quietly
    assertThat(Recordings.amplitude(before, 440)).isBetween(0.1, 0.3);
    assertThat(Recordings.amplitude(behind, 440)).isBetween(0.1, 0.3);
    assertThat(audio.complete()).isTrue();
    assertThat(audio.warnings()).isEmpty();
  }

  /** The header tells the channels of the second half only. */
  @ParameterizedTest
  @CsvSource({"ac3, 6, 2", "ac3, 6, 1", "ac3, 2, 6", "ac3, 1, 6", "eac3, 6, 2", "aac, 6, 2"})
  void channelsAreThoseOfTheDecodedSoundNotOfTheHeader(String codec, String channels, String others)
      throws Exception {
    Recordings recordings = new Recordings(folder);
    Path one = stream(recordings, "one", codec, channels, "0");
    Path two = stream(recordings, "two", codec, others, "0");

    DecodedAudio audio = decode(concat(Files.readAllBytes(one), Files.readAllBytes(two)));

    float[] heard = Recordings.samples(audio);
    assertThat(heard.length / 16_000.0).isCloseTo(10, within(0.2));
    // one of several channels that sound at different times is quieter in their sum
    assertThat(Recordings.amplitude(Arrays.copyOf(heard, 4 * 16_000), 440)).isBetween(0.05, 0.3);
    assertThat(Recordings.amplitude(Arrays.copyOfRange(heard, 6 * 16_000, 9 * 16_000), 440))
        .isBetween(0.05, 0.3);
    assertThat(audio.channels()).isEqualTo(Integer.parseInt(channels));
    assertThat(audio.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "aac adts, libmp3lame mp3",
    "libmp3lame mp3, aac adts",
    "mp2 mp2, ac3 ac3",
    "ac3 ac3, aac latm"
  })
  void framesOfAnotherCodecAreHeard(String first, String second) throws Exception {
    Path one = frames("one", first);
    Path two = frames("two", second);

    DecodedAudio audio = decode(concat(Files.readAllBytes(one), Files.readAllBytes(two)));

    float[] heard = Recordings.samples(audio);
    assertThat(heard.length / 16_000.0).isCloseTo(10, within(0.25));
    assertThat(Recordings.amplitude(Arrays.copyOf(heard, 4 * 16_000), 440))
        .isCloseTo(0.25, within(0.03));
    assertThat(Recordings.amplitude(Arrays.copyOfRange(heard, 6 * 16_000, 9 * 16_000), 440))
        .isCloseTo(0.25, within(0.03));
    assertThat(audio.warnings()).isEmpty();
  }

  private Path frames(String name, String codecAndFormat) throws Exception {
    String[] words = codecAndFormat.split(" ", -1);
    return new Recordings(folder).tone(name, "-c:a", words[0], "-b:a", "128k", "-f", words[1]);
  }

  private static Path stream(
      Recordings recordings, String name, String codec, String channels, String m2ts)
      throws Exception {
    return recordings.tone(
        name + ".ts", "-c:a", codec, "-ac", channels, "-b:a", "192k", "-mpegts_m2ts_mode", m2ts);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void fragmentsOfMp4InTheWrongOrderAreHeardInTheirOwn(boolean isReversed) throws Exception {
    List<byte[]> fragments = fragments();
    byte[] head = fragments.remove(0);
    if (isReversed) {
      Collections.reverse(fragments);
    } else {
      Collections.swap(fragments, 1, 2);
    }

    DecodedAudio audio = decode(concat(head, concat(fragments.toArray(byte[][]::new))));

    assertRises(audio);
    assertThat(audio.warnings()).isEmpty();
  }

  @Test
  void fragmentsOfTheSameNumberStayWhereTheyAre() throws Exception {
    List<byte[]> fragments = fragments();
    byte[] head = fragments.remove(0);
    for (byte[] fragment : fragments) {
      ByteBuffer.wrap(fragment).putInt(indexOf(fragment, "mfhd") + 8, 1);
    }

    DecodedAudio audio = decode(concat(head, concat(fragments.toArray(byte[][]::new))));

    assertRises(audio);
  }

  /** The head, then each fragment, of a tone that becomes higher in the middle. */
  private List<byte[]> fragments() throws Exception {
    String tone = "aevalsrc='0.25*sin(2*PI*t*if(lt(t,3),440,880))':s=48000:d=6";
    byte[] file =
        Files.readAllBytes(
            new Recordings(folder)
                .ffmpeg(
                    "fragments.mp4",
                    List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        tone,
                        "-c:a",
                        "aac",
                        "-movflags",
                        "frag_keyframe+empty_moov+default_base_moof",
                        "-frag_duration",
                        "1000000")));
    List<byte[]> fragments = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < file.length) {
      String name = new String(file, at + 4, 4, StandardCharsets.ISO_8859_1);
      if (name.equals("moof") || name.equals("mfra")) {
        fragments.add(Arrays.copyOfRange(file, start, at));
        start = at;
      }
      at += ByteBuffer.wrap(file).getInt(at);
    }
    assertThat(fragments).hasSizeGreaterThan(5);
    return fragments;
  }

  private static void assertRises(DecodedAudio audio) throws Exception {
    float[] heard = Recordings.samples(audio);
    assertThat(heard.length / 16_000.0).isCloseTo(6, within(0.2));
    float[] low = Arrays.copyOf(heard, 3 * 16_000);
    float[] high = Arrays.copyOfRange(heard, 3 * 16_000, heard.length);
    assertThat(Recordings.amplitude(low, 440)).isCloseTo(0.25, within(0.02));
    assertThat(Recordings.amplitude(high, 880)).isCloseTo(0.25, within(0.02));
    assertThat(audio.complete()).isTrue();
  }

  private DecodedAudio decode(byte[] bytes) throws Exception {
    Path file = Files.write(folder.resolve("changing.bin"), bytes);
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(file, folder.resolve("out.pcm"), SoundSelection.AUTO, StageContext.disabled());
  }

  private static int indexOf(byte[] bytes, String name) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(name);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
