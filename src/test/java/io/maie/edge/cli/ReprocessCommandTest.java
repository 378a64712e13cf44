package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.request.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReprocessCommandTest {
  @TempDir private Path home;
  private FakeProgram program;
  private Shell shell;

  @BeforeEach
  void openShell() {
    program = new FakeProgram(home);
    shell = new Shell(program, false);
  }

  @Test
  void optionsBecomeAnOrder() throws Exception {
    published();

    assertThat(
            shell.type(
                "reprocess",
                "talk.wav",
                "--stage",
                "speakers",
                "--num-speakers",
                "3",
                "--name",
                "S1=Anna Berg",
                "--name",
                "S2=Ben"))
        .isZero();

    ReprocessOrder order = (ReprocessOrder) program.asked.get(0);
    assertThat(order.target()).isEqualTo("talk.wav");
    assertThat(order.parameters().parameters()).containsExactly(Parameters.NUM_SPEAKERS);
    assertThat(order.speakerNames()).isEqualTo(Map.of("S1", "Anna Berg", "S2", "Ben"));
    assertThat(shell.out()).contains("talk.wav -> ").contains("Anna: hello");
  }

  @Test
  void theStageTextTakesATemplate() throws Exception {
    published();

    assertThat(
            shell.type("reprocess", "talk.wav", "--stage", "text", "--template-id", "call_report"))
        .isZero();

    assertThat(program.asked.get(0)).isEqualTo("text");
    ReprocessOrder order = (ReprocessOrder) program.asked.get(1);
    assertThat(order.parameters().parameters()).containsExactly(Parameters.TEMPLATE_ID);
  }

  @Test
  void aNoteSaysThatOnlyNamesAreNew() throws Exception {
    published();
    program.heardAgain = false;

    assertThat(shell.type("reprocess", "talk.wav", "--stage", "speakers")).isZero();
    assertThat(shell.out()).contains("note: The recording is not in the archive any more");
  }

  @Test
  void aFailureHasAnExitCodeOfItsOwn() {
    program.outcomes.add(
        new RecordingOutcome.Failed("talk.wav", FailureCode.FILE_SYSTEM_ERROR, "gone", "find it"));

    assertThat(shell.type("reprocess", "talk.wav", "--stage", "speakers"))
        .isEqualTo(ExitCode.FAILED.number());
    assertThat(shell.out()).contains("gone").contains("find it");
  }

  @Test
  void wrongValuesAreNamedBeforeAnythingIsLoaded() {
    assertThat(shell.type("reprocess", "a.wav", "--stage", "speakers", "--num-speakers", "0"))
        .isEqualTo(64);
    assertThat(shell.err()).contains("--num-speakers");
    assertThat(shell.type("reprocess", "a.wav", "--stage", "speakers", "--name", "Anna=S1"))
        .isEqualTo(64);
    assertThat(shell.err()).contains("--name");
    assertThat(shell.type("reprocess", "a.wav", "--stage", "speakers", "--recording", "none.wav"))
        .isEqualTo(64);
    assertThat(shell.type("reprocess", "a.wav")).isEqualTo(64);
    assertThat(program.asked).isEmpty();
  }

  private void published() throws Exception {
    Path document = home.resolve("talk.wav~2.json");
    Files.writeString(
        document,
        """
        {"results": {"raw_transcript": "hello", "speakers": [{"id": "S1", "name": "Anna"}],
          "segments": [{"start": 0.0, "speaker": "S1", "text": "hello"}]}, "warnings": []}
        """);
    program.outcomes.add(new RecordingOutcome.Published("talk.wav", document));
  }
}
