package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.Disk.Call;
import io.maie.edge.testing.DiskTripwire;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody who may write into a shared folder replaces a sub-folder by a link at the worst instant:
 * after the way to it was looked at, and before a file in it is renamed or made.
 */
final class LinkPlantedMeanwhileTest {
  private final ManualTicker ticker = new ManualTicker();

  @TempDir private Path home;
  private Path inbox;
  private Path work;
  private Path outside;

  @BeforeEach
  void prepare() throws IOException {
    inbox = Files.createDirectory(home.resolve("inbox"));
    work = Files.createDirectory(home.resolve("work"));
    outside = Files.createDirectory(home.resolve("outside"));
  }

  @Test
  void aClaimTakesTheRecordingThatItLookedAt() throws IOException {
    Path sub = Files.createDirectory(inbox.resolve("sub"));
    Files.writeString(sub.resolve("a.mp3"), "sound");
    Files.writeString(outside.resolve("a.mp3"), "secret");
    Inbox watched =
        new Inbox(
            InboxOptions.of(inbox),
            new ArrivalChecks(
                WholenessCheck.disabled(), Ranking.byArrival(), plantingLease(() -> plant(sub))),
            ticker);
    watched.scan();
    ticker.advance(Duration.ofSeconds(5));
    Candidate candidate = watched.scan().ready().get(0);

    Optional<Claim> claim = watched.claim(candidate, work.resolve("input"));

    assertThat(sub).isSymbolicLink();
    assertThat(claim.orElseThrow().recording()).hasContent("sound");
    assertThat(outside.resolve("a.mp3")).hasContent("secret");
  }

  @Test
  void documentsAppearInTheFolderThatWasChecked() throws IOException {
    Path outbox = Files.createDirectory(home.resolve("outbox"));
    Path sub = Files.createDirectory(outbox.resolve("sub"));

    List<Path> published =
        new Outbox(outbox).publish(Path.of("sub", "a.wav"), planting(sub, ".txt", ".json"));

    assertThat(sub).isSymbolicLink();
    assertThat(published).containsExactly(sub.resolve("a.wav.txt"), sub.resolve("a.wav.json"));
    assertThat(outside).isEmptyDirectory();
    assertThat(home.resolve("moved/a.wav.json")).hasContent("content of .json");
  }

  @Test
  void aRecordingIsPutAwayInTheFolderThatWasChecked() throws IOException {
    Path archive = Files.createDirectory(home.resolve("archive"));
    Path sub = Files.createDirectory(archive.resolve("sub"));
    Path recording = Files.writeString(work.resolve("input.wav"), "sound");

    Path there =
        new RecordingFolder(archive)
            .put(recording, Path.of("sub", "a.wav"), planting(sub, ".job.json"));

    assertThat(sub).isSymbolicLink();
    assertThat(there).isEqualTo(sub.resolve("a.wav"));
    assertThat(outside).isEmptyDirectory();
    assertThat(home.resolve("moved/a.wav")).hasContent("sound");
    assertThat(home.resolve("moved/a.wav.job.json")).exists();
    assertThat(recording).doesNotExist();
  }

  /** Instants of a claim by copy, each after a call has changed the disk. */
  enum Instant {
    FOLDER_OF_CLAIMS_MADE,
    FOLDER_OF_CLAIM_FLUSHED,
    RECORDING_HELD;

    boolean isAfter(Call call, Path path) {
      return switch (this) {
        case FOLDER_OF_CLAIMS_MADE -> call == Call.MAKE_FOLDER && isFolderOfClaims(path);
        case FOLDER_OF_CLAIM_FLUSHED ->
            call == Call.FLUSH_FOLDER && isFolderOfClaims(path.resolveSibling(""));
        case RECORDING_HELD -> call == Call.RENAME && path.endsWith("a.mp3");
      };
    }

    private static boolean isFolderOfClaims(Path path) {
      return path.endsWith(CopyingClaim.HOLDING);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClaimByCopyWritesNothingWhereALinkLeads(Instant instant) throws IOException {
    Path recording = Files.writeString(inbox.resolve("a.mp3"), "sound");
    Path second = Files.createLink(home.resolve("second name"), recording);
    Inbox watched =
        new Inbox(
            InboxOptions.of(inbox),
            new ArrivalChecks(WholenessCheck.disabled(), Ranking.byArrival(), FileLease.disabled()),
            ticker);
    watched.scan();
    ticker.advance(Duration.ofSeconds(60));
    Candidate candidate = watched.scan().ready().get(0);

    try (DiskTripwire wire =
        new DiskTripwire(instant::isAfter, () -> plant(inbox.resolve(CopyingClaim.HOLDING)))) {
      claim(watched, candidate);
      assertThat(wire.hasActed()).isTrue();
    }

    assertThat(outside).isEmptyDirectory();
    assertThat(second).hasContent("sound");
    assertThat(List.of(recording, work.resolve("input"), held()))
        .filteredOn(Files::exists)
        .isNotEmpty()
        .allSatisfy(place -> assertThat(place).hasContent("sound"));
  }

  /** The claim may fail, since the folder of claims is away. */
  private void claim(Inbox watched, Candidate candidate) {
    try {
      assertThat(watched.claim(candidate, work.resolve("input"))).isPresent();
    } catch (IOException e) {
      assertThat(e).hasMessageContaining(CopyingClaim.HOLDING);
    }
  }

  /** The recording in the folder that was moved away; a path that does not exist if it is not. */
  private Path held() throws IOException {
    Path moved = home.resolve("moved");
    if (Files.notExists(moved)) {
      return moved;
    }
    try (var files = Files.walk(moved)) {
      return files.filter(file -> file.endsWith("recording")).findAny().orElse(home.resolve("-"));
    }
  }

  /** The folder lies elsewhere afterwards, and a link to the outside has its name. */
  private void plant(Path folder) {
    if (Files.isSymbolicLink(folder)) {
      return;
    }
    try {
      Files.move(folder, home.resolve("moved"));
      Files.createSymbolicLink(folder, outside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Outputs of which the first look at them plants the link. */
  private List<Output> planting(Path folder, String... suffixes) throws IOException {
    Output[] outputs = new Output[suffixes.length];
    for (int i = 0; i < suffixes.length; i++) {
      Path file = Files.writeString(work.resolve("o" + i), "content of " + suffixes[i]);
      outputs[i] = new Output(suffixes[i], file);
    }
    return new AbstractList<>() {
      @Override
      public Output get(int index) {
        plant(folder);
        return outputs[index];
      }

      @Override
      public int size() {
        return outputs.length;
      }
    };
  }

  /** A lease that is asked for after the last look at the recording. */
  private static FileLease plantingLease(Runnable plant) {
    return path ->
        new FileLease.Lease() {
          @Override
          public FileLease.Grant grant() {
            return FileLease.Grant.GRANTED;
          }

          @Override
          public boolean isBroken() {
            plant.run();
            return false;
          }

          @Override
          public void close() {
            // nothing is held
          }
        };
  }
}
