package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RecordingOutcome.Published;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.SharedMaterial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings from public reports of faults give their text at the right times, as it ships. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportedCasesTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();

  private DirectProcessing direct;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    direct =
        new InstalledProgram(INSTALLATION, folder, Map.of())
            .direct(
                new InstallationChoice(folder.resolve("home"), null, null),
                new ProcessingOrder(ParameterLayer.empty("test"), folder.resolve("results")),
                RecordingListener.disabled());
  }

  @AfterAll
  void stop() throws Exception {
    direct.close();
  }

  @ParameterizedTest
  @CsvSource({
    "01-antiphase/interview.m4a, fellow, 0.9, ask, 3.4",
    "05-joined-recordings/meeting-live.webm, fellow, 0.9, country, 5.9",
    "05-joined-recordings/meeting-fragments.mp4, fellow, 0.9, country, 5.9",
    "05-joined-recordings/control-chained.ogg, fellow, 0.9, country, 5.9",
    "08-declared-length/stream-dump-after-13h.ogg, fellow, 0.9, ask, 3.4",
    "08-declared-length/fragments-duration-unknown.mp4, fellow, 0.9, ask, 3.4",
    "09-wav-header-44-more/phone-recorder.wav, fellow, 0.9, ask, 3.4",
    "10-bytes-behind/recovered-from-card.flac, fellow, 0.9, ask, 3.4",
    "10-bytes-behind/web-upload.m4a, fellow, 0.9, ask, 3.4",
    "12-raw-telephone/call.ul, fellow, 0.9, ask, 3.4",
    "12-raw-telephone/call.gsm, fellow, 0.9, not, 4.0",
    "12-raw-telephone/call.g722, fellow, 0.9, ask, 3.4",
    "18-picture-errors/joined-a-running-broadcast.ts, ask, 1.4, country, 3.9",
    "18-picture-errors/broken-cover.mp3, fellow, 0.9, country, 5.9",
    "30-quiet-lead-in/quiet-2s-first.flac, fellow, 2.9, ask, 5.4",
    "30-quiet-lead-in/room-noise-10s-first.ogg, fellow, 10.9, ask, 13.4"
  })
  void wordsStandWhereTheyWereSaid(
      String file, String first, double firstAt, String second, double secondAt) throws Exception {
    JsonNode result = process(file);

    assertThat(start(result, first)).as("%s in %s", first, result).isCloseTo(firstAt, within(0.6));
    assertThat(start(result, second))
        .as("%s in %s", second, result)
        .isCloseTo(secondAt, within(0.6));
    assertThat(result.at("/source/complete").asBoolean()).isTrue();
    assertAllWordsLieInSpeech(result);
  }

  @Test
  void bothTracksOfAScreenRecordingAreHeardThoughTheyTalkAtOnce() throws Exception {
    JsonNode result = process("04-two-tracks/screen-two-tracks.mkv");

    List<String> microphone = words(result, 2);
    List<String> desktop = words(result, 1);
    assertThat(microphone).contains("so", "my", "fellow", "not");
    assertThat(desktop).contains("country", "can", "do", "for", "you");
    assertThat(result.at("/source/audio/separate")).hasSize(2);
  }

  @Test
  void aVoiceInTheSecondTrackIsHeardWhereTheFirstIsSilent() throws Exception {
    JsonNode result = process("04-two-tracks/screen-silent-first-track.mkv");

    assertThat(start(result, "fellow")).isCloseTo(0.9, within(0.6));
    assertThat(result.at("/results/segments/0").has("channel")).isFalse();
  }

  @Test
  void murmursOfADistantMeetingGetNoWordsAndAreExplained() throws Exception {
    JsonNode result = process("25-word-over-a-pause/meeting.ogg");

    assertAllWordsLieInSpeech(result);
    assertThat(result.at("/results/segments")).isEmpty();
    assertThat(result.at("/warnings/0/code").asText()).isEqualTo("NO_SPEECH");
  }

  @ParameterizedTest
  @CsvSource({"field-mixer-10ch.wav, 10", "field-mixer-12ch.wav, 12"})
  void aMixerOfManyChannelsIsHeard(String file, int channels) throws Exception {
    JsonNode result = process("03-many-channels/" + file);

    assertThat(start(result, "fellow")).isCloseTo(0.9, within(0.6));
    assertThat(result.at("/source/audio/channels_used")).hasSize(channels);
    assertThat(result.at("/warnings")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "dictation.ds2, UNSUPPORTED_CODEC, a DS2 dictation",
    "dictation-encrypted.ds2, DRM_PROTECTED, an encrypted DS2 dictation"
  })
  void aDictationThatNobodyCanDecodeIsToBeExported(String file, FailureCode code, String words)
      throws Exception {
    RecordingOutcome outcome = direct.process(SharedMaterial.require("cases", "13-ds2", file));

    assertThat(outcome).isInstanceOf(RecordingOutcome.Failed.class);
    RecordingOutcome.Failed failure = (RecordingOutcome.Failed) outcome;
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.hint()).contains("Export the dictation");
    assertThat(failure.message()).contains(words);
  }

  @Test
  void aVoiceFarFromTheMicrophoneIsHeardBesideANearOne(@TempDir Path folder) throws Exception {
    Path near = SharedMaterial.require("audio", "jfk.flac");
    Path far = SharedMaterial.require("speech", "en-acc-0010.flac");
    Path both = folder.resolve("both.wav");
    ExternalProgram.run(
        List.of(
            ExternalProgram.require("ffmpeg").toString(),
            "-v",
            "error",
            "-i",
            near.toString(),
            "-i",
            far.toString(),
            "-filter_complex",
            "[0:a]aformat=sample_rates=16000:channel_layouts=mono[n];"
                + "[1:a]volume=-33dB,aformat=sample_rates=16000:channel_layouts=mono[f];"
                + "[n][f]concat=n=2:v=0:a=1",
            both.toString()));

    JsonNode result = processed(both);

    assertThat(start(result, "fellow")).isCloseTo(0.9, within(0.6));
    assertThat(start(result, "physicists")).isCloseTo(12, within(1.0));
    assertThat(start(result, "rainbows") + start(result, "rainbow")).isGreaterThan(14);
    assertThat(result.at("/source/audio/gain_db_most").asDouble()).isGreaterThan(20);
  }

  private JsonNode process(String file) throws Exception {
    return processed(SharedMaterial.require("cases", file.split("/", -1)));
  }

  private JsonNode processed(Path recording) throws Exception {
    RecordingOutcome outcome = direct.process(recording);
    assertThat(outcome).isInstanceOf(Published.class);
    return new JsonMapper().readTree(((Published) outcome).document().toFile());
  }

  private static void assertAllWordsLieInSpeech(JsonNode result) {
    List<JsonNode> regions = new ArrayList<>();
    result.at("/results/speech_regions").forEach(regions::add);
    for (JsonNode segment : result.at("/results/segments")) {
      for (JsonNode word : segment.path("words")) {
        assertThat(regions).as("%s", word).anyMatch(region -> covers(region, word));
      }
    }
  }

  private static boolean covers(JsonNode region, JsonNode word) {
    double tolerance = 0.05;
    return word.path("start").asDouble() >= region.path("start").asDouble() - tolerance
        && word.path("end").asDouble() <= region.path("end").asDouble() + tolerance;
  }

  private static double start(JsonNode result, String word) {
    for (JsonNode segment : result.at("/results/segments")) {
      for (JsonNode each : segment.path("words")) {
        if (letters(each).equals(word)) {
          return each.path("start").asDouble();
        }
      }
    }
    return -1;
  }

  private static List<String> words(JsonNode result, int channel) {
    List<String> words = new ArrayList<>();
    for (JsonNode segment : result.at("/results/segments")) {
      if (segment.path("channel").asInt() == channel) {
        segment.path("words").forEach(word -> words.add(letters(word)));
      }
    }
    return words;
  }

  private static String letters(JsonNode word) {
    return word.path("word").asText().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
  }
}
