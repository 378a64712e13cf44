package io.maie.edge.retention;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.maie.edge.durable.Disk.Call;
import io.maie.edge.testing.DiskTripwire;
import io.maie.edge.time.Uptime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real files cannot be made old, so the clock runs ahead instead. */
final class CleanupTest {
  private static final InstantSource AHEAD =
      InstantSource.offset(Clock.systemUTC(), Duration.ofDays(40));

  @TempDir private Path home;
  private RetentionFolders folders;

  @BeforeEach
  void makeFolders() throws IOException {
    folders =
        new RetentionFolders(
            folder("archive"),
            folder("failed"),
            folder("work"),
            folder("outbox"),
            folder("state"),
            folder("state/logs").resolve("maie-edge.log"));
  }

  @Test
  void aDryRunListsExactlyWhatACleanupDeletes() throws IOException {
    Path archived = file("archive/täg 1/a.wav");
    Path failed = file("failed/b.wav");
    Path result = file("outbox/a.wav.json");

    CleanupPlan plan = cleanup((area, path) -> false).plan();

    assertThat(plan.deletions())
        .extracting(deletion -> deletion.item().path())
        .containsExactlyInAnyOrder(archived.toRealPath(), failed.toRealPath());
    assertThat(archived).exists();

    CleanupReport report = cleanup((area, path) -> false).execute(plan);

    assertThat(report).isEqualTo(new CleanupReport(2, 10, List.of()));
    assertThat(archived).doesNotExist();
    assertThat(archived.getParent()).as("its folder, now empty").doesNotExist();
    assertThat(folders.archive()).exists();
    assertThat(result).exists();
  }

  /** A device without a battery for its clock is set right, or somebody mistypes the year. */
  @Test
  void aClockThatIsSetForwardDeletesNothing() throws IOException {
    file("failed/unseen.wav");
    file("archive/a.wav");
    AtomicReference<Duration> shift = new AtomicReference<>(Duration.ZERO);
    AtomicReference<Duration> on = new AtomicReference<>(Duration.ofHours(1));
    LivedTime time =
        new LivedTime(
            folders.state(),
            () -> Instant.now().plus(requireNonNull(shift.get())),
            () -> new Uptime.Reading("boot", requireNonNull(on.get())));
    Cleanup cleanup =
        new Cleanup(
            folders,
            new RetentionPlanner(RetentionOptions.DEFAULTS, Instant.EPOCH),
            (area, path) -> false,
            time);
    assertThat(cleanup.plan().deletions()).isEmpty();

    shift.set(Duration.ofDays(60));
    assertThat(cleanup.plan().deletions()).isEmpty();

    shift.set(Duration.ofDays(91));
    on.set(Duration.ofDays(31));
    assertThat(cleanup.plan().deletions()).hasSize(2);
  }

  @Test
  void aFileThatChangedSinceItWasPlannedIsKept() throws IOException {
    Path archived = file("archive/a.wav");
    CleanupPlan plan = cleanup((area, path) -> false).plan();
    Files.writeString(archived, "something else");

    CleanupReport report = cleanup((area, path) -> false).execute(plan);

    assertThat(report.deleted()).isZero();
    assertThat(report.kept()).containsExactly(archived.toRealPath());
    assertThat(archived).exists();
  }

  /** The file outside is the planned one itself, by another name: nothing else would tell them. */
  @Test
  void aLinkThatIsPlantedDuringACleanupIsNotFollowed() throws IOException {
    file("archive/sub/a.wav");
    Path planned = file("archive/sub/b.wav");
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path precious = Files.createLink(outside.resolve("b.wav"), planned);
    CleanupPlan plan = cleanup((area, path) -> false).plan();
    assertThat(plan.deletions()).hasSize(2);

    CleanupReport report;
    try (DiskTripwire wire =
        new DiskTripwire((call, path) -> call == Call.DELETE, () -> plant(outside))) {
      report = cleanup((area, path) -> false).execute(plan);
      assertThat(wire.hasActed()).isTrue();
    }

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(precious).hasContent("12345");
  }

  @Test
  void aFileIsDeletedInTheFolderThatWasChecked() throws IOException {
    Path planned = file("archive/sub/a.wav");
    Path outside = Files.createDirectory(home.resolve("outside"));
    Path precious = Files.createLink(outside.resolve("a.wav"), planned);
    CleanupPlan plan = cleanup((area, path) -> false).plan();
    Keep planting =
        (area, path) -> {
          plant(outside);
          return false;
        };

    CleanupReport report = cleanup(planting).execute(plan);

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(home.resolve("moved/a.wav")).doesNotExist();
    assertThat(precious).hasContent("12345");
  }

  private void plant(Path outside) {
    try {
      Files.move(home.resolve("archive/sub"), home.resolve("moved"));
      Files.createSymbolicLink(home.resolve("archive/sub"), outside);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void linksAreNeitherDeletedNorFollowed() throws IOException {
    Path precious = Files.createDirectory(home.resolve("elsewhere"));
    Files.writeString(precious.resolve("p.wav"), "12345");
    Path toFolder = Files.createSymbolicLink(folders.archive().resolve("folder"), precious);
    Path toFile =
        Files.createSymbolicLink(folders.archive().resolve("l.wav"), precious.resolve("p.wav"));

    CleanupReport report =
        cleanup((area, path) -> false).execute(cleanup((area, path) -> false).plan());

    assertThat(report.deleted()).isZero();
    assertThat(precious.resolve("p.wav")).exists();
    assertThat(toFolder).isSymbolicLink();
    assertThat(toFile).isSymbolicLink();
  }

  @Test
  void aFolderThatBecameALinkAfterPlanningLeadsNowhere() throws IOException {
    Path archived = file("archive/sub/a.wav");
    CleanupPlan plan = cleanup((area, path) -> false).plan();
    Path moved = home.resolve("moved");
    Files.move(archived.getParent(), moved);
    Files.createSymbolicLink(archived.getParent(), moved);

    cleanup((area, path) -> false).execute(plan);

    assertThat(moved.resolve("a.wav")).exists();
  }

  @Test
  void aFolderOfNoTaskGoesWholeButOneThatIsKeptStays() throws IOException {
    file("work/0001/out/a.json");
    file("work/0002/input.wav");
    Keep keep = (area, path) -> area == Area.LEFTOVERS && Files.exists(path.resolve("input.wav"));

    cleanup(keep).execute(cleanup(keep).plan());

    assertThat(home.resolve("work/0001")).doesNotExist();
    assertThat(home.resolve("work/0002/input.wav")).exists();
  }

  @Test
  void temporariesGoAndTheLogBeingWrittenStays() throws IOException {
    Path temporary = file("outbox/.maie-0199-1.tmp");
    Path rotated = file("state/logs/maie-edge.2026-01-31.0.log.gz");
    Path current = file("state/logs/maie-edge.log");

    cleanup((area, path) -> false).execute(cleanup((area, path) -> false).plan());

    assertThat(temporary).doesNotExist();
    assertThat(rotated).doesNotExist();
    assertThat(current).exists();
  }

  @Test
  void everyClassOfThingsIsListedWithItsReason() throws IOException {
    file("archive/a.wav");
    file("failed/b.wav.error.txt");
    file("work/0001/input.wav");
    file("state/.maie-0199-1.tmp");
    file("state/logs/maie-edge.2026-01-02.0.log.gz");
    file("outbox/a.wav.json");
    file("outbox/STATUS.txt");

    assertThat(cleanup((area, path) -> false, withResultAge()).plan().deletions())
        .extracting(deletion -> deletion.item().area(), Deletion::explanation)
        .containsExactlyInAnyOrder(
            tuple(Area.ARCHIVE, "older than 7 days"),
            tuple(Area.FAILED, "older than 30 days"),
            tuple(Area.LEFTOVERS, "belongs to no task, and is older than 1 day"),
            tuple(Area.TEMPORARIES, "belongs to no task, and is older than 1 day"),
            tuple(Area.LOGS, "older than 7 days"),
            tuple(Area.RESULTS, "older than 20 days"));
  }

  @Test
  void aLogBesideOtherThingsDoesNotMakeThemLogs() throws IOException {
    folders =
        new RetentionFolders(
            folders.archive(),
            folders.failed(),
            folders.work(),
            folders.outbox(),
            folders.state(),
            home.resolve("maie-edge.log"));
    file("maie-edge.log");
    file("inbox/a.wav");
    file("inbox/maie-edge.2026-01-31.0.log.gz");
    file("outbox/a.wav.json");
    file("state/history.jsonl");
    file("other.2026-01-31.0.log.gz");
    file("maie-edge.tar.log.gz");
    Path rotated = file("maie-edge.2026-01-31.0.log.gz");
    Path halfCompressed = file("maie-edge.2026-01-31.1.log1234567.tmp");

    assertThat(cleanup((area, path) -> false).plan().deletions())
        .extracting(deletion -> deletion.item().path())
        .containsExactlyInAnyOrder(rotated.toRealPath(), halfCompressed.toRealPath());
  }

  @Test
  void resultsGoWhereTheOperatorWishesButTheStatusAmongThemStays() throws IOException {
    Path status = file("outbox/STATUS.txt");
    Path reserve = file("outbox/.maie-reserve");
    Path result = file("outbox/a.wav.json");
    Path ofARecording = file("outbox/sub/STATUS.txt");
    Duration day = Duration.ofDays(1);
    RetentionOptions options =
        new RetentionOptions(day, 1_000, day, day, day, 1_000, day, Duration.ofHours(1), day, day);
    Cleanup cleanup =
        new Cleanup(
            folders, new RetentionPlanner(options, Instant.EPOCH), (area, path) -> false, ages());

    cleanup.execute(cleanup.plan());

    assertThat(status).exists();
    assertThat(reserve).exists();
    assertThat(result).doesNotExist();
    assertThat(ofARecording).doesNotExist();
  }

  @Test
  void placeholdersOfEmptyFoldersStay() throws IOException {
    Path placeholder = file("failed/.gitkeep");

    assertThat(cleanup((area, path) -> false).plan().deletions()).isEmpty();
    assertThat(placeholder).exists();
  }

  private static RetentionOptions withResultAge() {
    RetentionOptions defaults = RetentionOptions.DEFAULTS;
    return new RetentionOptions(
        defaults.archiveAge(),
        defaults.archiveBytes(),
        defaults.failedAge(),
        defaults.leftoverAge(),
        defaults.logAge(),
        defaults.logBytes(),
        Duration.ofDays(20),
        defaults.emergencyArchiveAge(),
        defaults.storedResultAge(),
        defaults.apiResultAge());
  }

  private static Ages.Source ages() {
    return () -> new WallClockAges(AHEAD.instant());
  }

  private Cleanup cleanup(Keep keep) {
    return cleanup(keep, RetentionOptions.DEFAULTS);
  }

  private Cleanup cleanup(Keep keep, RetentionOptions options) {
    RetentionPlanner planner = new RetentionPlanner(options, Instant.EPOCH);
    return new Cleanup(folders, planner, keep, ages());
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(home.resolve(name));
  }

  private Path file(String name) throws IOException {
    Path file = home.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "12345");
  }
}
