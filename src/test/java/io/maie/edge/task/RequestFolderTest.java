package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.task.OperatorRequest.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestFolderTest {
  @TempDir private Path state;

  @Test
  void requestsAreTakenInTheirOrderAndOnce() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    OperatorRequest retry = new OperatorRequest(Action.RETRY, "täg/a.wav");
    folder.submit("2", retry);
    folder.submit("1", OperatorRequest.of(Action.PAUSE));

    assertThat(folder.take()).containsExactly(OperatorRequest.of(Action.PAUSE), retry);
    assertThat(folder.take()).isEmpty();
  }

  @Test
  void whatIsNoRequestIsRemovedAndTheOthersGoOn() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    folder.submit("5", OperatorRequest.of(Action.RESUME));
    Files.writeString(folder.path().resolve("1.json"), "{\"action\": \"EXPLODE\"}");
    Files.writeString(folder.path().resolve("2.json"), "not even JSON");
    Files.createSymbolicLink(folder.path().resolve("3.json"), Path.of("/etc/hostname"));

    assertThat(folder.take()).containsExactly(OperatorRequest.of(Action.RESUME));
    assertThat(folder.path()).isEmptyDirectory();
  }

  @Test
  void withoutAFolderThereAreNoRequests() throws IOException {
    assertThat(new RequestFolder(state).take()).isEmpty();
  }
}
