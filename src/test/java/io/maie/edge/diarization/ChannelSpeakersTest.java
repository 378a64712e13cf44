package io.maie.edge.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Turn;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChannelSpeakersTest {
  private static final int RATE = 16_000;

  @TempDir Path folder;

  @Test
  void eachSideOfACallIsASpeaker() {
    ChannelSpeakers call = speakers("-20 -60 -60 -22", "-60 -25 -60 -60");

    assertThat(call.areDifferentPeople()).isTrue();
    assertThat(call.alone().channels()).isEqualTo(Map.of(1, 1, 2, 2));
    assertThat(call.alone().diarization().turns())
        .containsExactly(turn(0, 10, 1), turn(10, 20, 2), turn(30, 40, 1));
  }

  @Test
  void aQuietLineIsDistinguishedFromLeakage() {
    ChannelSpeakers call = speakers("-15 -60 -15 -60", "-50 -38 -50 -38");

    assertThat(call.areDifferentPeople()).isTrue();
    assertThat(call.alone().diarization().turns())
        .containsExactly(turn(0, 10, 1), turn(10, 20, 2), turn(20, 30, 1), turn(30, 40, 2));
  }

  @Test
  void peopleWhoTalkTogetherAreBothHeard() {
    ChannelSpeakers call = speakers("-20 -60 -21 -20 -60 -60", "-60 -25 -24 -60 -25 -25");

    assertThat(call.alone().diarization().turns())
        .containsExactly(turn(0, 10, 1), turn(10, 30, 2), turn(20, 40, 1), turn(40, 60, 2));
  }

  @Test
  void stereoOfOneRoomIsNoCall() {
    assertThat(speakers("-20 -22 -24 -20", "-20 -22 -24 -20").areDifferentPeople()).isFalse();
    assertThat(speakers("-20 -24 -20 -24", "-24 -20 -24 -20").areDifferentPeople()).isFalse();
    assertThat(speakers("-20 -24 -20 -24", "-60 -60 -60 -60").areDifferentPeople()).isFalse();
    assertThat(new ChannelSpeakers(ChannelLevels.NONE, List.of()).areDifferentPeople()).isFalse();
  }

  @Test
  void aChannelIsSharedOutAmongTheVoicesInIt() {
    ChannelSpeakers call = speakers("-20 -60 -60 -60 -20 -20", "-60 -25 -25 -25 -60 -60");
    Diarization voices =
        new Diarization(
            List.of(turn(0, 10, 1), turn(10, 20, 2), turn(20, 40, 3), turn(40, 60, 1)),
            List.of(voice(1), voice(2), voice(3)));

    ChannelSpeakers.Found found = call.with(voices);

    assertThat(found.diarization().turns())
        .containsExactly(turn(0, 10, 1), turn(10, 20, 2), turn(20, 40, 3), turn(40, 60, 1));
    assertThat(found.channels()).isEqualTo(Map.of(1, 1, 2, 2, 3, 2));
    assertThat(found.diarization().voices()).hasSize(3);
  }

  @Test
  void aVoiceThatWasTakenForTwoForAMomentStaysOneSpeaker() {
    ChannelSpeakers call = speakers("-20 -60 -20 -60", "-60 -25 -60 -25");
    Diarization voices =
        new Diarization(
            List.of(
                turn(0, 10, 1), turn(10, 18, 2), turn(18, 20, 3), turn(20, 30, 1), turn(30, 40, 2)),
            List.of(voice(1), voice(2), voice(3)));

    ChannelSpeakers.Found found = call.with(voices);

    assertThat(found.channels()).hasSize(2);
    assertThat(found.diarization().voices().get(1).embedding()).containsExactly(2);
  }

  @Test
  void twoVoicesThatSoundAlikeAreToldApartByTheirChannels() {
    ChannelSpeakers call = speakers("-20 -60 -20 -60", "-60 -25 -60 -25");

    assertThat(call.with(new Diarization(List.of(turn(0, 40, 1)), List.of(voice(1)))).channels())
        .hasSize(2);
  }

  @Test
  void aRealCallWithEchoIsDecodedIntoItsSides() throws Exception {
    float[] one = samples("en-long-0001.flac", 6);
    float[] other = samples("de-long-0001.flac", 6);
    float[] left = new float[18 * RATE];
    float[] right = new float[18 * RATE];
    put(one, left, right, 0);
    put(other, right, left, 6 * RATE);
    put(one, left, right, 12 * RATE);

    DecodedAudio decoded =
        new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
            .decode(
                stereo(left, right),
                folder.resolve("audio.pcm"),
                SoundSelection.AUTO,
                StageContext.disabled());
    ChannelSpeakers call = new ChannelSpeakers(decoded.levels(), all(decoded.samples()));

    assertThat(decoded.levels().blocks()).isEqualTo(180);
    assertThat(call.areDifferentPeople()).isTrue();
    assertThat(call.alone().diarization().turns())
        .allSatisfy(
            turn -> {
              double middle = (turn.span().start() + turn.span().end()) / 2.0 / RATE;
              assertThat(turn.speaker()).isEqualTo(middle > 6 && middle < 12 ? 2 : 1);
            });
  }

  /** A voice in its channel, and 25 dB quieter in the other one. */
  private static void put(float[] voice, float[] channel, float[] other, int at) {
    for (int i = 0; i < voice.length; i++) {
      channel[at + i] += voice[i];
      other[at + i] += voice[i] * 0.056f;
    }
  }

  private float[] samples(String name, int seconds) throws Exception {
    SampleSource audio =
        RecordedSamples.of(SharedMaterial.require("speech", name), folder.resolve(name + ".pcm"));
    return Arrays.copyOf(
        audio.read(new SampleSpan(0, Math.min(audio.length(), (long) seconds * RATE))).samples(),
        seconds * RATE);
  }

  private Path stereo(float[] left, float[] right) throws IOException {
    Path file = folder.resolve("call.au");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (int header : new int[] {0x2e736e64, 24, left.length * 4, 3, RATE, 2}) {
        out.writeInt(header);
      }
      for (int i = 0; i < left.length; i++) {
        out.writeShort(Math.round(left[i] * 32_767));
        out.writeShort(Math.round(right[i] * 32_767));
      }
    }
    return file;
  }

  /** Levels of 10 s each, such as {@code -20 -60}. */
  private static ChannelSpeakers speakers(String one, String other) {
    ChannelLevels levels = new ChannelLevels(List.of(1, 2), List.of(levels(one), levels(other)));
    return new ChannelSpeakers(levels, all((long) levels.blocks() * ChannelLevels.BLOCK_SAMPLES));
  }

  private static byte[] levels(String text) {
    String[] parts = text.split(" ", -1);
    byte[] levels = new byte[parts.length * 100];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (Integer.parseInt(parts[i / 100]) - i % 3);
    }
    return levels;
  }

  private static List<SpeechRegion> all(long samples) {
    return List.of(new SpeechRegion(new SampleSpan(0, samples)));
  }

  private static Turn turn(int start, int end, int speaker) {
    return new Turn(new SampleSpan((long) start * RATE, (long) end * RATE), speaker);
  }

  private static Diarization.Voice voice(int number) {
    return new Diarization.Voice(number, new float[] {number});
  }
}
