package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.maie.edge.pipeline.Engines;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.spool.Outbox;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ScriptedEngines;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.IncompleteSummaryException;
import io.maie.edge.text.summary.Summaries;
import io.maie.edge.text.summary.Summarized;
import io.maie.edge.text.summary.SummaryInput;
import io.maie.edge.text.template.TemplateFolders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings and texts that are processed where they lie. */
final class DirectTasksTest {
  @TempDir Path home;

  @Test
  void aRunThatBrokeOffLeavesItsAnswersToTheNextOne() throws Exception {
    Path text = Files.writeString(home.resolve("notes.txt"), "We decided to paint the hall.");
    Path kept = home.resolve("outbox/.maie-answers");
    DirectTasks tasks = tasks(kept);
    Outbox outbox = new Outbox(home.resolve("outbox"));

    assertThatExceptionOfType(TaskStoppedException.class)
        .isThrownBy(() -> tasks.process(text, withSummary(), outbox, (stage, share) -> {}));
    assertThat(kept).isNotEmptyDirectory();

    List<Path> documents = tasks.process(text, withSummary(), outbox, (stage, share) -> {});

    assertThat(documents).last().asString().endsWith("notes.txt.json");
    assertThat(kept).doesNotExist();
  }

  private DirectTasks tasks(Path kept) {
    ManualTicker time = new ManualTicker();
    ScratchSpool spool =
        new ScratchSpool(
            home, new TaskClock(time, time), TaskSettings.DEFAULTS, FaultPoint.disabled());
    Engines scripted = spool.engines.engines();
    Engines engines =
        new Engines(
            scripted.decoder(),
            scripted.detectors(),
            scripted.recognizers(),
            scripted.diarizers(),
            scripted.voices(),
            scripted.filter(),
            new Summaries(
                new TemplateFolders(List.of(Path.of("config", "templates"))),
                DirectTasksTest::summarizedAtTheSecondTry,
                Optional.empty()));
    return new DirectTasks(
        spool.store,
        new Pipeline(engines, ScriptedEngines.RULES, spool.clock().ticker()),
        spool.installation,
        new TaskIds(spool.clock().wall(), new Random(1)),
        kept,
        spool.clock());
  }

  private static Summarized summarizedAtTheSecondTry(SummaryInput input, StageContext context)
      throws TaskStoppedException, IncompleteSummaryException {
    try {
      if (context.checkpoint().load("answer").isEmpty()) {
        context.checkpoint().save("answer", new byte[] {1});
        throw new TaskStoppedException(TaskStoppedException.Reason.SHUTDOWN, "the power is cut");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ExtractiveEngine().summarize(input, context);
  }

  private static RecordingParameters withSummary() throws Exception {
    Map<String, Object> values =
        Map.of("features", List.of("summary"), "template_id", "generic_summary_en_v2");
    return ValidatedParameters.merge(
            RecordingParameters.DEFAULTS,
            List.of(ParameterReader.check("test", values, key -> key)))
        .orThrow();
  }
}
