package io.maie.edge.app;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.config.Settings;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.Feature;
import io.maie.edge.request.Parameter;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.Parameters;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.spool.Outbox;
import io.maie.edge.task.DirectTasks;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Transcribes recordings where they lie, with the engines of the daemon and without its folders.
 */
final class DirectRun implements DirectProcessing {
  private final EngineFactory engines;
  private final RecordingParameters parameters;
  private final Outbox outbox;
  private final RecordingListener listener;
  private final ScratchFolder work;
  private final DirectTasks tasks;

  private DirectRun(
      EngineFactory engines,
      RecordingParameters parameters,
      Path output,
      RecordingListener listener)
      throws IOException {
    this.engines = engines;
    this.parameters = parameters;
    this.outbox = new Outbox(output);
    this.listener = listener;
    // beside the results: there is room for them, and publishing is a rename
    this.work = ScratchFolder.create(output, ".maie-work-");
    TaskIds ids = new TaskIds(SystemTime.clock().wall(), new SecureRandom());
    this.tasks =
        new DirectTasks(
            new TaskStore(work.path(), FaultPoint.disabled()),
            engines.pipeline(),
            engines.installation(),
            ids,
            output.resolve(".maie-answers"),
            SystemTime.clock());
  }

  static DirectRun open(
      Settings settings, BuildFacts build, ProcessingOrder order, RecordingListener listener)
      throws CommandException, IOException {
    ValidatedParameters merged =
        ValidatedParameters.merge(
            settings.defaults(),
            List.of(withSummary(settings, order.parameters()), order.parameters()));
    RecordingParameters parameters;
    try {
      parameters = merged.orThrow();
    } catch (ProcessingException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), null);
    }
    Files.createDirectories(order.output());
    EngineFactory engines = EngineFactory.open(settings, build, SystemTime.clock().ticker());
    return new DirectRun(engines, parameters, order.output(), listener);
  }

  /** A template without features asks for a summary in addition to the usual outputs. */
  private static ParameterLayer withSummary(Settings settings, ParameterLayer typed) {
    Set<Parameter<?>> keys = typed.parameters();
    if (!keys.contains(Parameters.TEMPLATE_ID) || keys.contains(Parameters.FEATURES)) {
      return ParameterLayer.empty(typed.name());
    }
    Set<Feature> features = EnumSet.of(Feature.SUMMARY);
    features.addAll(settings.defaults().features());
    List<String> labels = features.stream().map(Feature::label).toList();
    return ParameterReader.check(typed.name(), Map.of("features", labels), key -> key);
  }

  @Override
  public RecordingOutcome process(Path recording) throws CommandException {
    String name = String.valueOf(recording.getFileName());
    listener.started(name);
    RecordingOutcome outcome = outcome(recording, name);
    listener.finished(outcome);
    return outcome;
  }

  private RecordingOutcome outcome(Path recording, String name) throws CommandException {
    try {
      List<Path> documents =
          tasks.process(
              recording,
              parameters,
              outbox,
              (stage, fraction) -> listener.progressed(name, stage, fraction));
      return new RecordingOutcome.Published(name, documents.get(documents.size() - 1));
    } catch (ProcessingException e) {
      if (e.code().scope() == FailureCode.Scope.INSTALLATION) {
        throw new CommandException(
            ExitCode.CONFIGURATION,
            e.code() + ": " + e.getMessage(),
            e.hint().orElseGet(() -> e.code().advice()),
            e);
      }
      return new RecordingOutcome.Failed(
          name,
          e.code(),
          String.valueOf(e.getMessage()),
          e.hint().orElseGet(() -> e.code().advice()));
    } catch (TaskStoppedException e) {
      throw new CommandException(ExitCode.TRY_AGAIN, String.valueOf(e.getMessage()), null);
    }
  }

  @Override
  public void close() {
    engines.close();
    work.close();
  }
}
