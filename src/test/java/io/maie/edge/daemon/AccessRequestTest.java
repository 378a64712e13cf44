package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.EntryState;
import io.maie.edge.spool.InboxEntry;
import io.maie.edge.spool.InboxView;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessRequestTest {
  @TempDir private Path folder;
  private final ManualTicker time = new ManualTicker();
  private Path file;
  private AccessRequest request;

  @BeforeEach
  void prepare() {
    file = folder.resolve("access-wanted");
    request = new AccessRequest(file, time);
  }

  @Test
  void accessIsRequestedToAnUnreadableRecording() {
    request.tell(view(EntryState.READY, "a.wav"));
    assertThat(file).doesNotExist();

    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav"));

    assertThat(file).isEmptyFile();
  }

  @Test
  void aRequestThatWasServedInVainIsRepeatedAfterAMinute() throws IOException {
    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav"));
    Files.delete(file);

    time.advance(Duration.ofSeconds(59));
    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav"));
    assertThat(file).doesNotExist();

    time.advance(Duration.ofSeconds(1));
    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav"));
    assertThat(file).exists();
  }

  @Test
  void somethingElseThatIsRefusedIsAskedForAtOnce() throws IOException {
    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav"));
    Files.delete(file);

    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav", "b"));

    assertThat(file).exists();
  }

  @Test
  void aFolderThatCannotHoldTheRequestStopsNothing() throws IOException {
    Files.delete(folder);

    request.tell(view(EntryState.PERMISSION_DENIED, "a.wav"));

    assertThat(file).doesNotExist();
    Files.createDirectory(folder);
  }

  private static InboxView view(EntryState state, String... names) {
    List<InboxEntry> entries =
        Stream.of(names)
            .map(
                name ->
                    new InboxEntry(
                        Path.of("/inbox", name), name, state, "as it is", 1, Duration.ZERO, 0))
            .toList();
    return new InboxView(entries, List.of(), false, null);
  }
}
