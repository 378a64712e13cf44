package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
  @TempDir private Path home;

  @Test
  void theSamplesAreDroppedIntoTheInboxAndTheTranscriptsShown() throws IOException {
    FakeProgram program = programWithSamples();
    Path document =
        Files.writeString(home.resolve("w.json"), "{\"results\":{\"raw_transcript\":\"heard\"}}");
    program.outcomes.add(new RecordingOutcome.Published("welcome home.wav", document));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("demo")).isZero();

    assertThat(home.resolve("inbox/welcome home.wav")).hasContent("sound");
    assertThat(home.resolve("inbox/texts.tsv")).doesNotExist();
    assertThat(shell.out()).contains("heard", "(said: Welcome home.)", "outbox");
  }

  @Test
  void aSampleThatFailsIsShownAndSetsTheExitCode() throws IOException {
    FakeProgram program = programWithSamples();
    program.outcomes.add(
        new RecordingOutcome.Failed(
            "welcome home.wav", FailureCode.AUDIO_DECODE_ERROR, "broken", "try another"));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("demo")).isEqualTo(1);

    assertThat(shell.out()).contains("AUDIO_DECODE_ERROR: broken", "try another");
  }

  @Test
  void aRunningDaemonIsLeftToDoIt() throws IOException {
    FakeProgram program = programWithSamples();
    program.failure = new CommandException(ExitCode.UNAVAILABLE, "Another instance runs", null);
    Shell shell = new Shell(program, false);

    assertThat(shell.type("demo")).isZero();

    assertThat(home.resolve("inbox/welcome home.wav")).exists();
    assertThat(shell.out()).contains("The running daemon will take them");
  }

  @Test
  void withoutSamplesItSaysSo() {
    Shell shell = new Shell(new FakeProgram(home), false);

    assertThat(shell.type("demo")).isEqualTo(78);

    assertThat(shell.err()).contains("sample", "samples");
  }

  @Test
  void aRecordingOfTheSameNameInTheInboxIsNotOverwritten() throws IOException {
    FakeProgram program = programWithSamples();
    Files.createDirectories(home.resolve("inbox"));
    Files.writeString(home.resolve("inbox/welcome home.wav"), "somebody's");

    new Shell(program, false).type("demo");

    assertThat(home.resolve("inbox/welcome home.wav")).hasContent("somebody's");
    assertThat(home.resolve("inbox/welcome home~2.wav")).hasContent("sound");
  }

  @Test
  void aSecondDemoShowsTheResultsAndRepeatsNothing() throws IOException {
    FakeProgram program = programWithSamples();
    Path outbox = Files.createDirectories(home.resolve("outbox"));
    String sha256 = "dd29442deca69f52c50006b831cb216edf78a7da33748f0a80ff19f2ebe57ecd";
    Files.writeString(
        outbox.resolve("welcome home.wav.json"),
        "{\"source\":{\"sha256\":\"" + sha256 + "\"},\"results\":{\"raw_transcript\":\"heard\"}}");
    Shell shell = new Shell(program, false);

    assertThat(shell.type("demo")).isZero();

    assertThat(home.resolve("inbox/welcome home.wav")).doesNotExist();
    assertThat(shell.out()).contains("shown again: 1", "heard", "(said: Welcome home.)");
  }

  @Test
  void aSampleThatWaitsInTheInboxIsNotDroppedAgain() throws IOException {
    FakeProgram program = programWithSamples();
    Files.createDirectories(home.resolve("inbox"));
    Files.writeString(home.resolve("inbox/welcome home.wav"), "sound");

    new Shell(program, false).type("demo");

    try (var files = Files.list(home.resolve("inbox"))) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aBrokenInstallationIsOneSentenceAndNothingIsDropped() throws IOException {
    FakeProgram program = programWithSamples();
    program.checks.add(
        new Check() {
          @Override
          public String name() {
            return "ffmpeg";
          }

          @Override
          public Finding run() {
            return Finding.failure("not found", "apt install ffmpeg");
          }
        });
    Shell shell = new Shell(program, false);

    assertThat(shell.type("demo")).isEqualTo(78);

    assertThat(shell.err()).contains("ffmpeg: not found", "apt install ffmpeg");
    assertThat(home.resolve("inbox")).doesNotExist();
  }

  private FakeProgram programWithSamples() throws IOException {
    Path samples = Files.createDirectories(home.resolve("samples"));
    Files.writeString(samples.resolve("welcome home.wav"), "sound");
    Files.writeString(samples.resolve("texts.tsv"), "welcome home.wav\tslt\tWelcome home.\n");
    return new FakeProgram(home);
  }
}
