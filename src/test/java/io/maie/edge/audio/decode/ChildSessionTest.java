package io.maie.edge.audio.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ChildSessionTest {
  private static final int SESSION = 3;

  /** A process that starts a child which would run for long, and names it. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      Process child = new ProcessBuilder(ChildSession.wrap(List.of("sleep", "1000"))).start();
      System.out.println(child.pid());
      child.waitFor();
    }
  }

  @Test
  void aChildHasASessionOfItsOwn() throws Exception {
    Process child = new ProcessBuilder(ChildSession.wrap(List.of("sleep", "1000"))).start();
    try {
      await().until(() -> session(child.pid()) == child.pid());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  @Test
  void aChildEndsWithAParentThatIsKilled() throws Exception {
    Process parent =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.US_ASCII))) {
      long child = Long.parseLong(output.readLine());
      assertThat(ProcessHandle.of(child)).isPresent();

      parent.destroyForcibly().waitFor(1, TimeUnit.MINUTES);

      await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aMissingProgramIsMissedByItsOwnName() {
    assertThatThrownBy(() -> ChildProcess.start(List.of("no-such-program"), "a"))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.DECODER_MISSING));
  }

  private static long session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[SESSION]);
  }
}
