package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.task.OperatorRequest.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestFolderTest {
  @TempDir private Path state;
  private final List<String> complaints = new ArrayList<>();

  @Test
  void requestsAreTakenInTheirOrderAndOnce() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    OperatorRequest retry = new OperatorRequest(Action.RETRY, "täg/a.wav");
    folder.submit("2", retry);
    folder.submit("1", OperatorRequest.of(Action.PAUSE));

    assertThat(folder.take(complaints::add))
        .containsExactly(OperatorRequest.of(Action.PAUSE), retry);
    assertThat(folder.take(complaints::add)).isEmpty();
  }

  @Test
  void whatIsNoRequestIsRemovedAndTheOthersGoOn() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    folder.submit("5", OperatorRequest.of(Action.RESUME));
    Files.writeString(folder.path().resolve("1.json"), "{\"action\": \"EXPLODE\"}");
    Files.writeString(folder.path().resolve("2.json"), "not even JSON");
    Files.createSymbolicLink(folder.path().resolve("3.json"), Path.of("/etc/hostname"));

    assertThat(folder.take(complaints::add)).containsExactly(OperatorRequest.of(Action.RESUME));
    assertThat(folder.path()).isEmptyDirectory();
  }

  @Test
  void anEntryThatStaysKeepsNoRequestFromBeingTaken() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    folder.submit("1", OperatorRequest.of(Action.RESUME));
    folder.submit("3", OperatorRequest.of(Action.PAUSE));
    Files.createDirectories(folder.path().resolve("2.json/something"));

    assertThat(folder.take(complaints::add))
        .containsExactly(OperatorRequest.of(Action.RESUME), OperatorRequest.of(Action.PAUSE));
    assertThat(complaints).anyMatch(complaint -> complaint.contains("cannot be removed"));
  }

  @Test
  void withoutAFolderThereAreNoRequests() throws IOException {
    assertThat(new RequestFolder(state).take(complaints::add)).isEmpty();
  }
}
