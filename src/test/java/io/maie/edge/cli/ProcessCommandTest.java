package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessCommandTest {
  @TempDir private Path home;

  @Test
  void everyFileIsProcessedAndItsTranscriptShown() throws IOException {
    FakeProgram program = new FakeProgram(home);
    Path recording = Files.createFile(home.resolve("täglich notes.wav"));
    program.outcomes.add(
        new RecordingOutcome.Published("täglich notes.wav", document("hello world")));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("process", recording.toString())).isZero();

    assertThat(shell.out())
        .contains("täglich notes.wav", "hello world", "LANGUAGE_ASSUMED: English only");
    assertThat(program.asked).contains(recording).endsWith("closed");
  }

  @Test
  void aFailedRecordingGetsAReasonAndOthersContinue() throws IOException {
    FakeProgram program = new FakeProgram(home);
    Path first = Files.createFile(home.resolve("a.wav"));
    Path second = Files.createFile(home.resolve("b.wav"));
    program.outcomes.add(
        new RecordingOutcome.Failed("a.wav", FailureCode.EMPTY_FILE, "0 bytes", "record again"));
    program.outcomes.add(new RecordingOutcome.Published("b.wav", document("")));
    Shell shell = new Shell(program, false);

    assertThat(shell.type("process", first.toString(), second.toString())).isEqualTo(1);

    assertThat(shell.out()).contains("EMPTY_FILE: 0 bytes", "record again", "(no speech)");
    assertThat(program.asked).contains(first, second);
  }

  @Test
  void aMissingFileStopsBeforeAnythingIsLoaded() {
    FakeProgram program = new FakeProgram(home);
    Shell shell = new Shell(program, false);

    assertThat(shell.type("process", home.resolve("none.wav").toString())).isEqualTo(64);

    assertThat(shell.err()).contains("none.wav");
    assertThat(program.asked).isEmpty();
  }

  @Test
  void optionsBecomeCheckedParameters() throws IOException {
    FakeProgram program = new FakeProgram(home);
    Path recording = Files.createFile(home.resolve("a.wav"));
    program.outcomes.add(new RecordingOutcome.Published("a.wav", document("x")));

    new Shell(program, false)
        .type(
            "process",
            recording.toString(),
            "-o",
            "results",
            "--format",
            "json,srt",
            "--no-vad",
            "--diarization",
            "--initial-prompt",
            "Minutes of the board",
            "--language",
            "de",
            "--metadata",
            "case=7");

    ProcessingOrder order = (ProcessingOrder) program.asked.get(0);
    assertThat(order.output()).isEqualTo(Path.of("results"));
    assertThat(order.parameters().parameters())
        .containsExactlyInAnyOrder(
            Parameters.OUTPUT_FORMATS,
            Parameters.ENABLE_VAD,
            Parameters.ENABLE_DIARIZATION,
            Parameters.INITIAL_PROMPT,
            Parameters.LANGUAGE,
            Parameters.METADATA);
  }

  @Test
  void everyWrongParameterIsReportedAtOnce() throws IOException {
    FakeProgram program = new FakeProgram(home);
    Path recording = Files.createFile(home.resolve("a.wav"));
    Shell shell = new Shell(program, false);

    int code =
        shell.type("process", recording.toString(), "--format", "docx", "--vad-threshold", "7");

    assertThat(code).isEqualTo(64);
    assertThat(shell.err())
        .contains("--format: expected", "docx", "--vad-threshold: expected", "7");
    assertThat(program.asked).isEmpty();
  }

  private Path document(String transcript) throws IOException {
    Path document = Files.createTempFile(home, "result", ".json");
    String json =
        """
        {"results": {"raw_transcript": "%s"}, "metrics": {"rtf": 0.1},
         "warnings": [{"code": "LANGUAGE_ASSUMED", "stage": "asr", "message": "English only"}]}
        """
            .formatted(transcript);
    return Files.writeString(document, json);
  }
}
