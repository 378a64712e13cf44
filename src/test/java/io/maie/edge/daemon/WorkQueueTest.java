package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.Arrival;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.Candidate.Evidence;
import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.InboxView;
import io.maie.edge.task.Intake;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskFacts;
import io.maie.edge.task.TaskSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final FileSignature SIGNATURE = new FileSignature(1, 2, 3, 4, 5);

  private Duration longestPause = Duration.ofHours(1);
  private final WorkQueue queue = new WorkQueue(() -> longestPause);

  @Test
  void tasksGoByPriorityThenByArrival() {
    queue.hold(task("2", 0, null), "");
    queue.hold(task("1", 0, null), "");
    queue.hold(task("3", 5, null), "");

    assertThat(takeIds(3)).containsExactly("3", "1", "2");
    assertThat(queue.takeTask(NOW)).isEmpty();
  }

  @Test
  void aTaskThatPausesIsNotTakenBeforeItsTime() {
    queue.hold(task("1", 0, NOW.plusSeconds(30)), "");

    assertThat(queue.takeTask(NOW)).isEmpty();
    assertThat(queue.takeTask(NOW.plusSeconds(30))).isPresent();
  }

  @Test
  void aPauseMayBeAsLongAsTheSettingsSayNow() {
    queue.hold(task("1", 0, NOW.plus(Duration.ofHours(6))), "");

    longestPause = Duration.ofHours(12);

    assertThat(queue.takeTask(NOW)).isEmpty();
    assertThat(queue.takeTask(NOW.plus(Duration.ofHours(6)))).isPresent();
  }

  @Test
  void aClockThatWasSetBackDoesNotMakeATaskWaitForYears() {
    queue.hold(task("1", 0, NOW.plus(Duration.ofDays(4000))), "");

    assertThat(queue.takeTask(NOW)).isPresent();
  }

  @Test
  void aTaskGoesBeforeARecordingUnlessThatHasHigherPriority() {
    queue.hold(task("1", 3, null), "");
    queue.offer(new InboxView(List.of(), List.of(candidate("a.wav", 3)), false, null));
    assertThat(queue.takeTask(NOW)).isPresent();

    queue.hold(task("2", 3, null), "");
    queue.offer(new InboxView(List.of(), List.of(candidate("b.wav", 4)), false, null));
    assertThat(queue.takeTask(NOW)).isEmpty();
    assertThat(queue.takeCandidate()).isPresent();
    assertThat(queue.takeTask(NOW)).isPresent();
  }

  @Test
  void whileRecordingsAreReadyATaskOfTheApiDoesNotFollowAnother() {
    queue.hold(task("1", 9, null, Intake.API), "");
    queue.hold(task("2", 9, null, Intake.API), "");
    queue.offer(new InboxView(List.of(), List.of(candidate("a.wav", 0)), false, null));

    assertThat(queue.takeTask(NOW)).isPresent();
    assertThat(queue.takeTask(NOW)).isEmpty();
    assertThat(queue.takeCandidate()).isPresent();
    assertThat(queue.takeTask(NOW)).isPresent();
  }

  @Test
  void withoutRecordingsTasksOfTheApiFollowEachOther() {
    queue.hold(task("1", 0, null, Intake.API), "");
    queue.hold(task("2", 0, null, Intake.API), "");

    assertThat(takeIds(2)).containsExactly("1", "2");
  }

  @Test
  void eachReadyRecordingIsOfferedOncePerScan() {
    InboxView view = new InboxView(List.of(), List.of(candidate("a.wav", 0)), false, null);
    queue.offer(view);

    assertThat(queue.takeCandidate()).isPresent();
    assertThat(queue.takeCandidate()).isEmpty();
    queue.offer(view);
    assertThat(queue.takeCandidate()).isPresent();
  }

  @Test
  void aRecordingThatWasClaimedIsKnownUntilTheNextScan() {
    InboxView view = new InboxView(List.of(), List.of(candidate("a.wav", 0)), false, null);
    queue.offer(view);
    Candidate taken = queue.takeCandidate().orElseThrow();
    assertThat(queue.isClaimed(taken.path())).isFalse();

    queue.claimed(taken);
    assertThat(queue.isClaimed(taken.path())).isTrue();

    queue.offer(view);
    assertThat(queue.isClaimed(taken.path())).isFalse();
  }

  @Test
  void aTaskIsNamedByItsIdItsPathOrItsName() {
    for (String target : List.of("1", "sub/1.wav", "1.wav")) {
      queue.hold(task("1", 0, null), "");
      assertThat(queue.take(target)).isPresent();
    }
    assertThat(queue.take("1")).isEmpty();
  }

  private List<String> takeIds(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> queue.takeTask(NOW).map(Task::id).orElse("none"))
        .toList();
  }

  private static Task task(String id, int priority, @Nullable Instant notBefore) {
    return task(id, priority, notBefore, Intake.FOLDER);
  }

  private static Task task(String id, int priority, @Nullable Instant notBefore, Intake intake) {
    TaskSource source =
        new TaskSource(id + ".wav", "sub/" + id + ".wav", null, null, SIGNATURE, intake, null);
    TaskFacts facts = TaskFacts.received(id, source, NOW).withPriority(priority);
    return new Task.Claimed(notBefore == null ? facts : facts.pausedUntil(notBefore));
  }

  private static Candidate candidate(String name, int priority) {
    Arrival arrival =
        new Arrival(Path.of("/inbox", name), Path.of(name), Optional.empty(), Optional.empty());
    return new Candidate(arrival, SIGNATURE, Evidence.SETTLED, priority, null);
  }
}
