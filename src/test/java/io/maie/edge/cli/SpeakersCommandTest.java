package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpeakersCommandTest {
  @TempDir private Path folder;
  private Shell shell;

  @BeforeEach
  void openShell() {
    shell = new Shell(new FakeProgram(folder), false);
  }

  @Test
  void aStoredVoiceIsConfirmed() throws Exception {
    assertThat(shell.type("speakers", "enroll", " Anna ", file("a.wav"), file("b.wav"))).isZero();
    assertThat(shell.out()).contains("The voice of 'Anna' is stored");
  }

  @Test
  void aSampleThatIsNotThereIsWrongUsage() {
    assertThat(shell.type("speakers", "enroll", "Anna", "nowhere.wav")).isEqualTo(64);
    assertThat(shell.err()).contains("nowhere.wav");
  }

  @Test
  void refusedEnrolmentsGiveTheirReason() throws Exception {
    assertThat(shell.type("speakers", "enroll", "Anna", file("a.wav")))
        .isEqualTo(ExitCode.FAILED.number());
    assertThat(shell.err()).contains("Too little of Anna").contains("use a longer sample");
  }

  @Test
  void theListSaysWhichVoicesBelongToAnotherModel() {
    assertThat(shell.type("speakers", "list")).isZero();
    assertThat(shell.out())
        .contains("Anna\n")
        .contains("Ben  (made by another model")
        .contains("Cleo  (by samples)\n")
        .contains("Dan  (by samples that cannot be used: Dan.error.txt says why)\n");
  }

  @Test
  void forgettingSomebodyUnknownIsWrongUsage() {
    assertThat(shell.type("speakers", "forget", "Anna")).isZero();
    assertThat(shell.type("speakers", "forget", "Nobody")).isEqualTo(64);
  }

  @Test
  void knownPersonsAreListedBySpeaker() throws Exception {
    assertThat(shell.type("speakers", "who", file("a.wav"))).isZero();
    assertThat(shell.out()).isEqualTo("S1  Anna\nS2  (not known)\n");
  }

  @Test
  void resultsAreScoredAgainstWhoReallySpoke() throws Exception {
    Path rttm =
        Files.writeString(
            folder.resolve("all.rttm"),
            """
            SPEAKER talk 1 0.000 2.000 <NA> <NA> Anna <NA> <NA>
            SPEAKER talk 1 2.000 2.000 <NA> <NA> Ben <NA> <NA>
            """);
    Path result =
        Files.writeString(
            folder.resolve("talk.wav.json"),
            """
            {"parameters": {}, "results": {"raw_transcript": "one two",
              "speech_regions": [], "speakers": [], "turns": [
                {"start": 0.0, "end": 2.0, "speaker": "S1"},
                {"start": 2.0, "end": 3.0, "speaker": "S2"}],
              "segments": [{"start": 0.0, "end": 3.5, "text": "one two", "confidence": 1,
                "words": [
                  {"start": 1.0, "end": 1.5, "word": "one", "probability": 1, "speaker": "S1"},
                  {"start": 3.0, "end": 3.5, "word": "two", "probability": 1, "speaker": "S1"}
                ]}]}}
            """);

    assertThat(shell.type("speakers", "score", "--reference", rttm.toString(), result.toString()))
        .isZero();
    assertThat(shell.out())
        .contains("all: error 25.00 % (missed 25.00, false alarm 0.00, confused 0.00)")
        .contains("right speaker 50.00 % of 2 words (0 without a label, 0 with several)")
        .contains("really 2");
  }

  @Test
  void aResultWithoutLabelsIsNotScored() throws Exception {
    Path rttm = Files.writeString(folder.resolve("all.rttm"), "");
    Path result =
        Files.writeString(
            folder.resolve("talk.wav.json"),
            """
            {"parameters": {}, "results": {"speech_regions": [], "speakers": [], "turns": []}}
            """);

    assertThat(shell.type("speakers", "score", "--reference", rttm.toString(), result.toString()))
        .isEqualTo(64);
    assertThat(shell.err()).contains("no turns of 'talk.wav'");
  }

  private String file(String name) throws Exception {
    return Files.createFile(folder.resolve(name)).toString();
  }
}
