package io.maie.edge.app;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RepeatedOutcome;
import io.maie.edge.cli.ReprocessOrder;
import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.KeptRecordings;
import io.maie.edge.task.Reprocessing;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskStore;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Repeats stages on stored results, in this process; a daemon may run beside it. */
final class RepeatedStages {
  private final Settings settings;
  private final BuildFacts build;
  private final RecordingListener listener;

  RepeatedStages(Settings settings, BuildFacts build, RecordingListener listener) {
    this.settings = settings;
    this.build = build;
    this.listener = listener;
  }

  RepeatedOutcome speakers(ReprocessOrder order) throws CommandException, IOException {
    return repeat(order, Reprocessing::speakers);
  }

  RepeatedOutcome text(ReprocessOrder order) throws CommandException, IOException {
    return repeat(order, Reprocessing::text);
  }

  /** A stage of {@link Reprocessing}. */
  @FunctionalInterface
  private interface RepeatedStage {
    Reprocessing.Reprocessed repeat(
        Reprocessing reprocessing,
        StoredResult earlier,
        Reprocessing.Order order,
        BiConsumer<Stage, Double> progress)
        throws ProcessingException, TaskStoppedException, IOException;
  }

  private RepeatedOutcome repeat(ReprocessOrder order, RepeatedStage stage)
      throws CommandException, IOException {
    FolderSettings folders = settings.folders();
    // beside the results: there is room for them, and publishing is a rename
    try (EngineFactory engines = EngineFactory.open(settings, build, SystemTime.clock().ticker());
        ScratchFolder scratch = ScratchFolder.create(folders.outbox(), ".maie-work-")) {
      Reprocessing reprocessing =
          new Reprocessing(
              new StoredResults(folders.state()),
              new Outbox(folders.outbox()),
              new KeptRecordings(
                  new TaskStore(folders.work(), FaultPoint.disabled()),
                  new RecordingFolder(folders.archive()),
                  new RecordingFolder(folders.failed())),
              new TaskStore(scratch.path(), FaultPoint.disabled()),
              engines.pipeline(),
              new TaskIds(SystemTime.clock().wall(), new SecureRandom()),
              SystemTime.clock());
      Optional<StoredResult> earlier = reprocessing.find(order.target());
      if (earlier.isEmpty()) {
        throw new CommandException(
            ExitCode.USAGE,
            "No result of '" + order.target() + "' is stored",
            "Results are kept for 'retention.stored_results_keep'; 'maie-edge status' lists the"
                + " latest");
      }
      return outcome(
          earlier.get(),
          progress -> stage.repeat(reprocessing, earlier.get(), ordered(order), progress));
    }
  }

  private static Reprocessing.Order ordered(ReprocessOrder order) {
    return new Reprocessing.Order(order.parameters(), order.speakerNames(), order.recording());
  }

  /** The work of a stage, which tells how far it is. */
  @FunctionalInterface
  private interface Work {
    Reprocessing.Reprocessed run(BiConsumer<Stage, Double> progress)
        throws ProcessingException, TaskStoppedException, IOException;
  }

  private RepeatedOutcome outcome(StoredResult earlier, Work work)
      throws CommandException, IOException {
    String name = earlier.task().source().path();
    listener.started(name);
    try {
      Reprocessing.Reprocessed done =
          work.run((stage, fraction) -> listener.progressed(name, stage, fraction));
      RecordingOutcome outcome = new RecordingOutcome.Published(name, done.json());
      listener.finished(outcome);
      return new RepeatedOutcome(outcome, done.heardAgain());
    } catch (ProcessingException e) {
      String hint = e.hint().orElseGet(() -> e.code().advice());
      if (e.code().scope() == FailureCode.Scope.INSTALLATION) {
        throw new CommandException(
            ExitCode.CONFIGURATION, e.code() + ": " + e.getMessage(), hint, e);
      }
      RecordingOutcome failed =
          new RecordingOutcome.Failed(name, e.code(), String.valueOf(e.getMessage()), hint);
      return new RepeatedOutcome(failed, true);
    } catch (TaskStoppedException e) {
      throw new CommandException(ExitCode.TRY_AGAIN, String.valueOf(e.getMessage()), null);
    }
  }
}
