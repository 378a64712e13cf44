package io.maie.edge.cli;

import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.modelfile.hub.PublishedModel;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TransferProgress;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.schema.SchemaDocument;
import io.maie.edge.telemetry.Check;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Remembers what it was asked, and answers what the test laid out. */
final class FakeProgram implements Program, Models {
  final List<CheckedTemplate> templates = new ArrayList<>();
  final List<Object> asked = new ArrayList<>();
  final List<PreparationOrder> prepared = new ArrayList<>();
  String account = "";
  final List<RecordingOutcome> outcomes = new ArrayList<>();
  final List<ListedModel> models = new ArrayList<>();
  final List<Check> checks = new ArrayList<>();
  SettingsView settings = new SettingsView("inbox:\n  settle_time: 5s\n", List.of());
  Instant now = Instant.now();
  boolean daemonRuns;
  boolean heardAgain = true;
  @Nullable Cleanup cleanup;
  @Nullable CommandException failure;
  @Nullable RuntimeException defect;
  private final Path home;

  FakeProgram(Path home) {
    this.home = home;
  }

  @Override
  public String version() {
    return "1.2.3";
  }

  @Override
  public StatusSource status(InstallationChoice where) {
    return new StatusSource(home.resolve("state"), daemonRuns, now);
  }

  @Override
  public Folders folders(InstallationChoice where) {
    return new Folders(home.resolve("inbox"), home.resolve("outbox"), home.resolve("samples"));
  }

  @Override
  public ExitCode run(InstallationChoice where, RunMode mode, Consumer<String> link)
      throws CommandException {
    asked.add(where);
    asked.add(mode);
    if (defect != null) {
      throw defect;
    }
    throwIfAsked();
    if (mode == RunMode.WITH_API) {
      link.accept("http://127.0.0.1:8480/?code=c");
    }
    return ExitCode.OK;
  }

  @Override
  public List<RecordingOutcome> drain(InstallationChoice where, RecordingListener listener)
      throws CommandException {
    throwIfAsked();
    for (RecordingOutcome outcome : outcomes) {
      listener.started(outcome.name());
      listener.progressed(outcome.name(), Stage.ASR, 0.5);
      listener.finished(outcome);
    }
    return outcomes;
  }

  @Override
  public DirectProcessing direct(
      InstallationChoice where, ProcessingOrder order, RecordingListener listener) {
    asked.add(order);
    return new DirectProcessing() {
      @Override
      public RecordingOutcome process(Path recording) {
        asked.add(recording);
        RecordingOutcome outcome = outcomes.remove(0);
        listener.started(outcome.name());
        listener.finished(outcome);
        return outcome;
      }

      @Override
      public void close() {
        asked.add("closed");
      }
    };
  }

  @Override
  public RepeatedOutcome textAgain(
      InstallationChoice where, ReprocessOrder order, RecordingListener listener) {
    asked.add("text");
    asked.add(order);
    return new RepeatedOutcome(outcomes.remove(0), true);
  }

  @Override
  public RepeatedOutcome speakersAgain(
      InstallationChoice where, ReprocessOrder order, RecordingListener listener) {
    asked.add(order);
    return new RepeatedOutcome(outcomes.remove(0), heardAgain);
  }

  @Override
  public void request(InstallationChoice where, Request request) throws CommandException {
    throwIfAsked();
    asked.add(request);
  }

  @Override
  public Cleanup cleanup(InstallationChoice where) throws IOException {
    if (cleanup == null) {
      throw new IOException("no cleanup was laid out");
    }
    return cleanup;
  }

  @Override
  public SettingsView settings(InstallationChoice where) {
    return settings;
  }

  @Override
  public SchemaDocument settingsSchema() {
    return new SchemaDocument("settings:1", "Settings", "Keys.", Map.of("type", "object"));
  }

  @Override
  public Voices voices(InstallationChoice where) {
    return new FakeVoices();
  }

  @Override
  public Models models(InstallationChoice where) {
    return this;
  }

  @Override
  public List<ListedModel> list() {
    return models;
  }

  @Override
  public List<ListedModel> verify() {
    asked.add("verify");
    return models;
  }

  @Override
  public ListedModel importFrom(ImportOrder order) {
    asked.add(order);
    return models.get(0);
  }

  @Override
  public List<PublishedModel> catalog() {
    return List.of(new PublishedModel("tiny", "acme/tiny", "English", "MIT", 44, "estimated"));
  }

  @Override
  public ListedModel pull(PullOrder order, TransferProgress listener) throws CommandException {
    asked.add(order);
    listener.planned(7, 1000);
    listener.reached(100);
    listener.waiting("it broke off", Duration.ofSeconds(2));
    throwIfAsked();
    listener.reached(1000);
    return models.get(0);
  }

  @Override
  public PreparedModel prepare(PreparationOrder order, Runnable comparing) {
    prepared.add(order);
    return new PreparedModel(models.get(0), account);
  }

  @Override
  public Templates templates(InstallationChoice where) {
    return new Templates() {
      @Override
      public List<CheckedTemplate> list() {
        return templates;
      }

      @Override
      public Template show(String id) {
        return template(id);
      }

      @Override
      public Path create(String id, String original) {
        return home.resolve(original).resolve(id);
      }
    };
  }

  @Override
  public List<Check> checks(InstallationChoice where, DoctorDepth depth) {
    asked.add(depth);
    return checks;
  }

  private void throwIfAsked() throws CommandException {
    if (failure != null) {
      throw failure;
    }
  }

  /** A template that is fit for use. */
  static Template template(String id) {
    return new Template(
        id, "Title of " + id, "For tests.", "a schema", "a prompt", "an example", "[]");
  }
}
