package io.maie.edge.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.FileSignature;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.CancelRequest;
import io.maie.edge.task.FailedRecordings;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.Intake;
import io.maie.edge.task.PauseSwitch;
import io.maie.edge.task.RequestFolder;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskFacts;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.task.TaskSource;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CancelRequestsTest {
  @TempDir private Path home;

  @Test
  void aTaskThatCannotBeCancelledIsNotForgotten() throws IOException {
    ManualTicker time = new ManualTicker();
    ScratchSpool spool =
        new ScratchSpool(
            home, new TaskClock(time, time), TaskSettings.DEFAULTS, FaultPoint.disabled());
    WorkQueue queue = new WorkQueue(() -> Duration.ofHours(1));
    RequestFolder requests = new RequestFolder(home.resolve("state"));
    OperatorFiles files =
        new OperatorFiles(
            requests,
            new PauseSwitch(home.resolve("state")),
            new FailedRecordings(new RecordingFolder(home.resolve("failed")), spool.inbox));
    Task withoutFolder = task();
    queue.hold(withoutFolder, "waits");
    requests.submit("1", CancelRequest.byOperator("a.wav"));

    new CancelRequests(files, spool.runner, queue).serve();

    assertThat(queue.held()).extracting(WorkQueue.Held::task).containsExactly(withoutFolder);
    assertThat(queue.held().get(0).reason()).contains("could not be cancelled");
  }

  private static Task task() {
    FileSignature signature = new FileSignature(1, 2, 3, 4, 5);
    TaskSource source =
        new TaskSource("a.wav", "a.wav", null, null, signature, Intake.FOLDER, null);
    return new Task.Claimed(TaskFacts.received("0199", source, Instant.EPOCH));
  }
}
