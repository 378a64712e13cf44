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
  void whatKeepsAVoiceFromBeingStoredIsSaid() throws Exception {
    assertThat(shell.type("speakers", "enroll", "Anna", file("a.wav")))
        .isEqualTo(ExitCode.FAILED.number());
    assertThat(shell.err()).contains("Too little of Anna").contains("use a longer sample");
  }

  @Test
  void theListSaysWhichVoicesBelongToAnotherModel() {
    assertThat(shell.type("speakers", "list")).isZero();
    assertThat(shell.out()).contains("Anna\n").contains("Ben  (made by another model");
  }

  @Test
  void forgettingSomebodyUnknownIsWrongUsage() {
    assertThat(shell.type("speakers", "forget", "Anna")).isZero();
    assertThat(shell.type("speakers", "forget", "Nobody")).isEqualTo(64);
  }

  @Test
  void whoIsKnownInARecordingIsListedBySpeaker() throws Exception {
    assertThat(shell.type("speakers", "who", file("a.wav"))).isZero();
    assertThat(shell.out()).isEqualTo("S1  Anna\nS2  (not known)\n");
  }

  private String file(String name) throws Exception {
    return Files.createFile(folder.resolve(name)).toString();
  }
}
