package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.spool.Candidate.Defect;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InboxTest {
  private final ManualTicker ticker = new ManualTicker();

  @TempDir Path home;
  private Path folder;
  private Path work;
  private Inbox inbox;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("in böx"));
    work = Files.createDirectory(home.resolve("work"));
    inbox = new Inbox(InboxOptions.of(folder), ArrivalChecks.disabled(), ticker);
  }

  @Test
  void aFileLeftAloneForTheSettlingTimeIsReady() throws IOException {
    Files.writeString(folder.resolve("räuber.mp3"), "sound");
    inbox.scan();

    ticker.advance(Duration.ofSeconds(5));

    assertThat(inbox.scan().ready()).hasSize(1);
  }

  @Test
  void aFileThatChangedIsNotReady() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    inbox.scan();
    ticker.advance(Duration.ofSeconds(4));
    Files.writeString(file, "sound and more");
    inbox.scan();

    ticker.advance(Duration.ofSeconds(4));

    assertThat(inbox.scan().ready()).isEmpty();
    assertThat(onlyEntry().state()).isEqualTo(EntryState.SETTLING);
    assertThat(onlyEntry().reason()).startsWith("last change 4 s ago");
  }

  @Test
  void aClaimMovesTheRecordingAndKeepsItsContent() throws IOException {
    Files.writeString(folder.resolve("a b.mp3"), "sound");
    Candidate candidate = settled();

    Path target = work.resolve("input.mp3");
    Claim claim = inbox.claim(candidate, target).orElseThrow();

    assertThat(target).hasContent("sound");
    assertThat(candidate.path()).doesNotExist();
    assertThat(ClaimedFile.hasChanged(claim)).isFalse();
  }

  @Test
  void aCandidateThatIsGoneIsNoError() throws IOException {
    Path file = Files.writeString(folder.resolve("a.mp3"), "sound");
    Candidate candidate = settled();
    Files.delete(file);

    assertThat(inbox.claim(candidate, work.resolve("input.mp3"))).isEmpty();
  }

  @Test
  void anEmptyFileIsADefectAfterTheGraceTime() throws IOException {
    Files.createFile(folder.resolve("a.wav"));
    inbox.scan();
    ticker.advance(Duration.ofSeconds(59));
    assertThat(inbox.scan().ready()).isEmpty();

    ticker.advance(Duration.ofSeconds(1));

    assertThat(inbox.scan().ready().get(0).defect())
        .map(Defect::code)
        .contains(FailureCode.EMPTY_FILE);
  }

  private InboxEntry onlyEntry() {
    List<InboxEntry> entries =
        inbox.scan().entries().stream()
            .filter(entry -> entry.state() != EntryState.IGNORED)
            .toList();
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  private Candidate settled() {
    inbox.scan();
    ticker.advance(Duration.ofSeconds(5));
    return inbox.scan().ready().get(0);
  }
}
