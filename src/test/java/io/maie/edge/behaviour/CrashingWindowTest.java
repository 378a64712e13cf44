package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.testing.ShippedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that a SIGKILL ends at the same place of a recording, one after the other. */
final class CrashingWindowTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ENDED_BY_KILL = 137;

  /** Exit status of a Java machine with that option. */
  private static final int ENDED_BY_WANT_OF_HEAP = 3;

  /** Windows that are kept together, or fewer. */
  private static final int FEW = 5;

  private static final int MOST_LIVES = 12;

  @TempDir private Path home;
  @TempDir private Path undisturbed;

  @Test
  void windowsInWhichTheProgramIsKilledTwiceAreLeftOutAndTheRestIsHeard() throws Exception {
    drop(12);

    assertThat(killsUntilItLives("WINDOWS")).isEqualTo(2 * CrashingProcess.FATAL_SAMPLES.size());

    JsonNode result = JSON.readTree(home.resolve("outbox/a.wav.json").toFile());
    assertThat(result.at("/results/raw_transcript").asText()).contains("heard 0", "heard 11");
    for (JsonNode segment : result.at("/results/segments")) {
      assertThat(CrashingProcess.FATAL_SAMPLES)
          .noneMatch(sample -> holds(segment, (double) sample / KilledRecognizer.RATE));
    }
    assertThat(result.path("attempts").asInt()).isEqualTo(5);
    assertThat(result.path("warnings").findValuesAsText("code"))
        .contains("SPEECH_SKIPPED")
        .doesNotContain("UNHEARD_SPEECH");
    assertThat(warning(result))
        .matches(
            "The program crashed twice in the speech from [34].. s to [4-6].. s,"
                + " from [7-9].. s to (9|10|11).. s, which was left out and has no words");
    assertThat(home.resolve("archive/a.wav")).exists();
    ShippedSchema.acceptsAllDocumentsOf(home);
  }

  @Test
  void aKillNearTheEndCostsTheLastFewWindowsOnly() throws Exception {
    drop(40);

    assertThat(live(home, "LATE_WINDOW")).isEqualTo(ENDED_BY_KILL);
    List<String> first = heard();
    assertThat(live(home, "LATE_WINDOW")).isEqualTo(ENDED_BY_KILL);
    List<String> second = heard();
    assertThat(live(home, "LATE_WINDOW")).as(this::log).isZero();

    assertThat(first).hasSizeGreaterThan(10).contains("hears 0");
    List<String> kept = first.subList(0, first.size() - FEW);
    assertThat(second).doesNotContainAnyElementsOf(kept);
    assertThat(heard()).doesNotContainAnyElementsOf(kept);
    JsonNode result = JSON.readTree(home.resolve("outbox/a.wav.json").toFile());
    assertThat(result.at("/results/raw_transcript").asText())
        .contains(first.stream().map(line -> line.replace("hears", "heard")).toList());
  }

  @Test
  void aHeapThatIsUsedUpEndsTheProcessAndTheTaskContinues() throws Exception {
    drop(4);

    assertThat(live(home, "HEAP", "-Xmx128m", ofLauncher("ExitOnOutOfMemoryError")))
        .as(this::log)
        .isEqualTo(ENDED_BY_WANT_OF_HEAP);
    assertThat(home.resolve("outbox/a.wav.json")).doesNotExist();
    assertThat(live(home, "HEAP", "-Xmx128m")).as(this::log).isZero();

    JsonNode result = JSON.readTree(home.resolve("outbox/a.wav.json").toFile());
    assertThat(result.path("attempts").asInt()).isEqualTo(2);
    assertThat(home.resolve("archive/a.wav")).exists();
  }

  /** The option of the Java machine as the launcher gives it. */
  private static String ofLauncher(String option) throws IOException {
    Matcher found =
        Pattern.compile("-XX:[+]" + option).matcher(Files.readString(Path.of("bin/maie-edge")));
    assertThat(found.find()).isTrue();
    return found.group();
  }

  private List<String> heard() throws IOException {
    try (Stream<String> lines = Files.lines(home.resolve("crash.log"))) {
      return lines.filter(line -> line.startsWith("hears ")).toList();
    }
  }

  @Test
  void aStageThatHasNoWindowsFailsAfterThreeKills() throws Exception {
    drop(4);

    assertThat(killsUntilItLives("STAGE")).isEqualTo(3);

    JsonNode error = JSON.readTree(home.resolve("failed/a.wav.error.json").toFile()).path("error");
    assertThat(error.path("code").asText()).isEqualTo("POISON_FILE");
    assertThat(error.path("message").asText()).contains("3 times in stage 'vad'");
    assertThat(error.at("/details/sha256").asText()).hasSize(64);
  }

  @Test
  void afterKillsDiarizationGoesOnBehindWhatWasKeptAndFindsTheSameTurns() throws Exception {
    byte[] meeting = samplesOf("trn08.flac", "trn01.flac", "trn05.flac");
    drop(home, meeting);
    drop(undisturbed, meeting);

    assertThat(killsUntilItLives("KILLED_SPEAKERS")).isEqualTo(CrashingProcess.FATAL_GROUPS.size());
    assertThat(live(undisturbed, "SPEAKERS")).as(this::log).isZero();

    JsonNode result = JSON.readTree(home.resolve("outbox/a.wav.json").toFile());
    JsonNode expected = JSON.readTree(undisturbed.resolve("outbox/a.wav.json").toFile());
    assertThat(result.path("attempts").asInt()).isEqualTo(3);
    assertThat(result.at("/results/turns")).hasSizeGreaterThan(5);
    assertThat(result.at("/results/turns")).isEqualTo(expected.at("/results/turns"));
    assertThat(result.at("/results/speakers")).isEqualTo(expected.at("/results/speakers"));
  }

  private byte[] samplesOf(String... clips) throws Exception {
    ByteArrayOutputStream samples = new ByteArrayOutputStream();
    for (String clip : clips) {
      Path pcm = undisturbed.resolve(clip + ".pcm");
      RecordedSamples.of(SharedMaterial.require("audio", "ami", clip), pcm);
      samples.write(Files.readAllBytes(pcm));
      Files.delete(pcm);
    }
    return samples.toByteArray();
  }

  private static void drop(Path folder, byte[] recording) throws IOException {
    Path inbox = Files.createDirectories(folder.resolve("inbox"));
    Files.writeString(inbox.resolve("a.wav.job.json"), "{\"enable_diarization\": true}");
    Files.write(inbox.resolve("a.wav"), recording);
  }

  private static boolean holds(JsonNode segment, double seconds) {
    return segment.path("start").asDouble() <= seconds && seconds < segment.path("end").asDouble();
  }

  private static String warning(JsonNode result) {
    for (JsonNode warning : result.path("warnings")) {
      if (warning.path("code").asText().equals("SPEECH_SKIPPED")) {
        return warning.path("message").asText();
      }
    }
    return "";
  }

  /** Samples of the scripted decoder: none is zero, so that all is speech. */
  private void drop(int seconds) throws IOException {
    ByteBuffer samples =
        ByteBuffer.allocate(2 * seconds * KilledRecognizer.RATE).order(ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putShort((short) 1000);
    }
    Files.write(Files.createDirectories(home.resolve("inbox")).resolve("a.wav"), samples.array());
  }

  private int killsUntilItLives(String scenario) throws Exception {
    for (int kills = 0; kills < MOST_LIVES; kills++) {
      int status = live(home, scenario);
      if (status == 0) {
        return kills;
      }
      assertThat(status).as(() -> "the exit status; it said: " + log()).isEqualTo(ENDED_BY_KILL);
    }
    throw new AssertionError("still killed after " + MOST_LIVES + " lives: " + log());
  }

  private int live(Path folder, String scenario, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashingProcess.class.getName(), folder.toString(), scenario));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("crash.log").toFile())
        .start()
        .waitFor();
  }

  private String log() {
    try {
      return Files.readString(home.resolve("crash.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
