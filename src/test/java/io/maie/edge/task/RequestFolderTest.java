package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

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
    CancelRequest second = CancelRequest.byOperator("täg/a.wav");
    folder.submit("2", second);
    folder.submit("1", CancelRequest.byOperator("b.wav"));

    assertThat(folder.take(complaints::add))
        .containsExactly(CancelRequest.byOperator("b.wav"), second);
    assertThat(folder.take(complaints::add)).isEmpty();
  }

  @Test
  void invalidRequestsAreRemovedAndTheOthersProceed() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    folder.submit("5", CancelRequest.byOperator("a.wav"));
    Files.writeString(state.resolve("requests").resolve("1.json"), "{\"explode\": \"now\"}");
    Files.writeString(state.resolve("requests").resolve("2.json"), "not even JSON");
    Files.createSymbolicLink(state.resolve("requests").resolve("3.json"), Path.of("/etc/hostname"));

    assertThat(folder.take(complaints::add)).containsExactly(CancelRequest.byOperator("a.wav"));
    assertThat(state.resolve("requests")).isEmptyDirectory();
  }

  @Test
  void anEntryThatStaysKeepsNoRequestFromBeingTaken() throws IOException {
    RequestFolder folder = new RequestFolder(state);
    folder.submit("1", CancelRequest.byOperator("a.wav"));
    folder.submit("3", CancelRequest.byOperator("b.wav"));
    Files.createDirectories(state.resolve("requests").resolve("2.json/something"));

    assertThat(folder.take(complaints::add))
        .containsExactly(CancelRequest.byOperator("a.wav"), CancelRequest.byOperator("b.wav"));
    assertThat(complaints).anyMatch(complaint -> complaint.contains("cannot be removed"));
  }

  @Test
  void aRequestOfAnEarlierVersionIsTheOperators() throws IOException {
    Files.createDirectory(state.resolve("requests"));
    Files.writeString(
        state.resolve("requests").resolve("1.json"), "{\"schema_version\": 1, \"cancel\": \"a\"}");

    assertThat(new RequestFolder(state).take(complaints::add))
        .containsExactly(CancelRequest.byOperator("a"));
  }

  @Test
  void withoutAFolderThereAreNoRequests() throws IOException {
    assertThat(new RequestFolder(state).take(complaints::add)).isEmpty();
  }
}
