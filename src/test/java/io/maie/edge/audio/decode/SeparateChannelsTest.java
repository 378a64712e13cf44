package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SeparateChannel;
import io.maie.edge.audio.TrackUse;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Channels and tracks are heard apart where different people talk at once, and as is asked for. */
final class SeparateChannelsTest {
  @TempDir Path folder;
  private Recordings recordings;
  private Path anna;
  private Path ben;

  @BeforeEach
  void findSpeech() {
    recordings = new Recordings(folder);
    anna = SharedMaterial.require("speech", "en-acc-0003.flac");
    ben = SharedMaterial.require("speech", "en-acc-0010.flac");
  }

  @Test
  void peopleOnTwoChannelsWhoTalkAtOnceAreHeardApart() throws Exception {
    DecodedAudio audio = decode(stereo("[0:a][1:a]join=inputs=2:channel_layout=stereo"), "{}");

    assertThat(numbers(audio)).containsExactly(1, 2);
    assertThat(audio.heard().separateReason()).startsWith("different speech at the same time");
    assertThat(audio.separatePcms())
        .allSatisfy(file -> assertThat(length(file)).isEqualTo(audio.samples()));
  }

  @Test
  void peopleWhoTakeTurnsAreHeardTogether() throws Exception {
    DecodedAudio audio =
        decode(
            stereo(
                "[0:a]apad=whole_dur=14[l];[1:a]adelay=7000[r];[l][r]join=inputs=2:channel_layout=stereo"),
            "{}");

    assertThat(numbers(audio)).isEmpty();
    assertThat(audio.separatePcms()).isEmpty();
  }

  @Test
  void twoMicrophonesInOneRoomAreHeardTogether() throws Exception {
    DecodedAudio audio =
        decode(
            stereo(
                "[0:a]asplit[a1][a2];[1:a]asplit[b1][b2];[a2]adelay=3,volume=0.45[a3];"
                    + "[b2]adelay=3,volume=0.45[b3];[a1][b3]amix=normalize=0[l];"
                    + "[b1][a3]amix=normalize=0[r];[l][r]join=inputs=2:channel_layout=stereo"),
            "{}");

    assertThat(numbers(audio)).isEmpty();
  }

  @Test
  void aCameraWithADelayedEchoCountsAsNoSecondPerson() throws Exception {
    DecodedAudio audio =
        decode(
            stereo(
                "[0:a]asplit[l][c];[c]adelay=250,aecho=0.8:0.6:31|73|131:0.6|0.5|0.4[r];"
                    + "[l][r]join=inputs=2:channel_layout=stereo"),
            "{}");

    assertThat(numbers(audio)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 250, 350, 450, 1_250})
  void aCopyIsLeftOutHoweverLateItIs(int millis) throws Exception {
    DecodedAudio audio =
        decode(
            stereo(
                "[0:a]asplit[l][c];[c]adelay="
                    + millis
                    + "[r];[l][r]join=inputs=2:channel_layout=stereo"),
            "{}");

    assertThat(audio.heard().channels())
        .extracting(ChannelUse::role)
        .containsExactlyInAnyOrder(ChannelUse.Role.USED, ChannelUse.Role.DELAYED_COPY);
  }

  @Test
  void speechThatLeaksIntoAnotherChannelIsHeardOnce() throws Exception {
    DecodedAudio audio =
        decode(
            stereo(
                "[0:a]asplit[a1][a2];[1:a]adelay=3000,asplit[b1][b2];[a2]volume=0.05[a3];"
                    + "[b2]volume=0.05[b3];[a1][b3]amix=normalize=0:duration=longest[l];"
                    + "[b1][a3]amix=normalize=0:duration=longest[r];[l][r]join=inputs=2:channel_layout=stereo"),
            "{}");

    assertThat(numbers(audio)).containsExactly(1, 2);
    // only Anna talks in the first seconds, and a twentieth of her is on the channel of Ben
    float loudest = loudest(audio.separatePcms().get(0), 0, 40_000);
    assertThat(loudest(audio.separatePcms().get(1), 4_000, 40_000)).isLessThan(loudest / 50);
  }

  @Test
  void eachChannelIsHeardApartIfThatIsAskedFor() throws Exception {
    DecodedAudio audio =
        decode(
            stereo(
                "[0:a]apad=whole_dur=14[l];[1:a]adelay=7000[r];[l][r]join=inputs=2:channel_layout=stereo"),
            "{\"channels\": \"each\"}");

    assertThat(numbers(audio)).containsExactly(1, 2);
    assertThat(audio.heard().separateReason()).isEqualTo("asked for");
  }

  @Test
  void equalChannelsAreHeardOnceEvenIfEachIsAskedFor() throws Exception {
    DecodedAudio audio =
        decode(
            stereo("[0:a]asplit[l][r];[l][r]join=inputs=2:channel_layout=stereo"),
            "{\"channels\": \"each\"}");

    assertThat(numbers(audio)).isEmpty();
  }

  @Test
  void aMixIsOneSoundWhateverItsChannelsCarry() throws Exception {
    DecodedAudio audio =
        decode(stereo("[0:a][1:a]join=inputs=2:channel_layout=stereo"), "{\"channels\": \"mix\"}");

    assertThat(numbers(audio)).isEmpty();
    assertThat(audio.heard().channels()).allMatch(ChannelUse::isHeard);
  }

  @Test
  void oneChannelIsHeardAloneIfItIsAskedFor() throws Exception {
    Path file =
        stereo("[0:a]volume=0.5[l];[1:a]volume=0[r];[l][r]join=inputs=2:channel_layout=stereo");

    DecodedAudio left = decode(file, "{\"channels\": \"left\"}");
    DecodedAudio second = decode(file, "{\"channels\": 2}");

    assertThat(left.heard().channelsReason()).isEqualTo("1: used; 2: not asked for");
    assertThat(left.heard().level().isAudible()).isTrue();
    assertThat(second.heard().level().isAudible()).isFalse();
  }

  @Test
  void aChannelThatIsNotThereCostsAWarningAndNoSpeech() throws Exception {
    DecodedAudio audio = decode(anna, "{\"channels\": \"right\"}");

    assertThat(audio.heard().level().isAudible()).isTrue();
    assertThat(audio.warnings())
        .extracting(Warning::message)
        .containsExactly("There is no channel 'right'; all channels were heard");
  }

  @Test
  void tracksOfPeopleWhoTalkAtOnceAreHeardApart() throws Exception {
    DecodedAudio audio = decode(twoTracks("und", "und"), "{}");

    assertThat(numbers(audio)).containsExactly(1, 2);
    assertThat(audio.heard().tracks()).allMatch(TrackUse::isHeard);
  }

  @Test
  void thePreferredTranslationIsHeardAndTheOthersAreNamed() throws Exception {
    Path file = twoTracks("eng", "ger");

    DecodedAudio preferred = decode(file, "{}");
    DecodedAudio german = decode(file, "{\"language\": \"de\"}");

    assertThat(heard(preferred)).containsExactly(true, false);
    assertThat(heard(german)).containsExactly(false, true);
    assertThat(preferred.warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.TRACKS_LEFT_OUT);
    assertThat(preferred.warnings().get(0).message()).contains("2 (ger)");
  }

  @Test
  void aTrackIsChosenByNumberOrLanguage() throws Exception {
    Path file = twoTracks("eng", "ger");

    assertThat(heard(decode(file, "{\"tracks\": 2}"))).containsExactly(false, true);
    assertThat(heard(decode(file, "{\"tracks\": \"de\"}"))).containsExactly(false, true);
    assertThat(heard(decode(file, "{\"tracks\": \"all\"}"))).containsExactly(true, true);
    assertThat(decode(file, "{\"tracks\": 3}").warnings())
        .extracting(Warning::message)
        .contains("There is no audio track '3'; the tracks were chosen as by auto");
  }

  @Test
  void aSilentTrackThatIsNotHeardIsNotWorthAWarning() throws Exception {
    Path file = SharedMaterial.require("cases", "04-two-tracks", "screen-silent-first-track.mkv");

    DecodedAudio audio = decode(file, "{\"tracks\": 2}");

    assertThat(audio.warnings()).isEmpty();
    assertThat(audio.heard().tracks()).extracting(TrackUse::reason).contains("not asked for");
  }

  @Test
  void piecesStoredOneBehindTheOtherKeepTheirChannelsApart() throws Exception {
    Path piece = stereo("[0:a][1:a]join=inputs=2:channel_layout=stereo");
    byte[] bytes = Files.readAllBytes(piece);
    byte[] twice = new byte[2 * bytes.length];
    System.arraycopy(bytes, 0, twice, 0, bytes.length);
    System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);

    DecodedAudio audio = decode(recordings.bytes("twice.wav", twice), "{}");

    assertThat(numbers(audio)).containsExactly(1, 2);
    double half = audio.samples() / 2.0;
    assertThat(length(audio.separatePcms().get(1))).isEqualTo(audio.samples());
    assertThat(half / 16_000).isCloseTo(6.44, within(0.5));
  }

  private static List<Boolean> heard(DecodedAudio audio) {
    return audio.heard().tracks().stream().map(TrackUse::isHeard).toList();
  }

  private static List<Integer> numbers(DecodedAudio audio) {
    HeardSound heard = audio.heard();
    return heard.separate().stream().map(SeparateChannel::number).toList();
  }

  private Path stereo(String filter) throws Exception {
    return recordings.ffmpeg(
        "stereo.wav",
        List.of(
            "-i",
            anna.toString(),
            "-i",
            ben.toString(),
            "-filter_complex",
            filter + "[out]",
            "-map",
            "[out]"));
  }

  private Path twoTracks(String first, String second) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of("-i", anna.toString(), "-i", ben.toString(), "-map", "0:a", "-map", "1:a"));
    arguments.addAll(
        List.of("-metadata:s:a:0", "language=" + first, "-metadata:s:a:1", "language=" + second));
    return recordings.ffmpeg(first + second + ".mka", arguments);
  }

  private static long length(Path pcm) throws IOException {
    try (PcmFile file = PcmFile.open(pcm)) {
      return file.length();
    }
  }

  private static float loudest(Path pcm, long from, long to) throws IOException {
    try (PcmFile file = PcmFile.open(pcm)) {
      float loudest = 0;
      for (float sample : file.read(new SampleSpan(from, to)).samples()) {
        loudest = Math.max(loudest, Math.abs(sample));
      }
      return loudest;
    }
  }

  private DecodedAudio decode(Path file, String parameters) throws Exception {
    ValidatedParameters validated =
        ValidatedParameters.merge(
            RecordingParameters.DEFAULTS,
            List.of(
                ParameterReader.readSidecar("test", parameters.getBytes(StandardCharsets.UTF_8))));
    assertThat(validated.problems()).isEmpty();
    return new FfmpegDecoder(DecodeOptions.DEFAULTS, Ticker.system())
        .decode(
            file,
            folder.resolve("out.pcm"),
            SoundSelection.of(validated.orThrow()),
            StageContext.disabled());
  }
}
