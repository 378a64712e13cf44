package io.maie.edge.app;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DirectProcessing;
import io.maie.edge.cli.DoctorDepth;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.Folders;
import io.maie.edge.cli.InstallationChoice;
import io.maie.edge.cli.Models;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.Program;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.cli.RepeatedOutcome;
import io.maie.edge.cli.ReprocessOrder;
import io.maie.edge.cli.Request;
import io.maie.edge.cli.RunMode;
import io.maie.edge.cli.SettingsView;
import io.maie.edge.cli.StatusSource;
import io.maie.edge.cli.Templates;
import io.maie.edge.cli.Voices;
import io.maie.edge.config.FolderSettings;
import io.maie.edge.config.LoadedSettings;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsReport;
import io.maie.edge.config.SettingsSchema;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.config.StateFolder;
import io.maie.edge.daemon.InstanceLock;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.schema.SchemaDocument;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.TaskStore;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The program as it is installed on this machine, for the command line. */
final class InstalledProgram implements Program {
  private final Path installation;
  private final Path samples;
  private final Map<String, String> environment;

  /**
   * An installation.
   *
   * @param samples the recordings that ship with it
   */
  InstalledProgram(Path installation, Path samples, Map<String, String> environment) {
    this.installation = installation;
    this.samples = samples;
    this.environment = Map.copyOf(environment);
  }

  @Override
  public String version() {
    return BuildFacts.read().version();
  }

  @Override
  public StatusSource status(InstallationChoice where) throws CommandException, IOException {
    Optional<Path> state = StateFolder.find(sources(where));
    Path folder = state.isPresent() ? state.get() : settings(loaded(where)).folders().state();
    return new StatusSource(
        folder, InstanceLock.isHeld(folder), SystemTime.clock().wall().instant());
  }

  @Override
  public Folders folders(InstallationChoice where) throws CommandException {
    FolderSettings folders = settings(loaded(where)).folders();
    return new Folders(folders.inbox(), folders.outbox(), samples);
  }

  @Override
  public ExitCode run(InstallationChoice where, RunMode mode, Consumer<String> link)
      throws CommandException, IOException {
    return process(where).run(mode, link);
  }

  @Override
  public List<RecordingOutcome> drain(InstallationChoice where, RecordingListener listener)
      throws CommandException, IOException {
    return process(where).drain(listener);
  }

  private DaemonProcess process(InstallationChoice where) throws CommandException {
    return new DaemonProcess(
        () -> loaded(where),
        BuildFacts.read(),
        environment,
        SettingsReader.configFolders(sources(where)));
  }

  @Override
  public DirectProcessing direct(
      InstallationChoice where, ProcessingOrder order, RecordingListener listener)
      throws CommandException, IOException {
    return DirectRun.open(settings(loaded(where)), BuildFacts.read(), order, listener);
  }

  @Override
  public RepeatedOutcome textAgain(
      InstallationChoice where, ReprocessOrder order, RecordingListener listener)
      throws CommandException, IOException {
    return new RepeatedStages(settings(loaded(where)), BuildFacts.read(), listener).text(order);
  }

  @Override
  public RepeatedOutcome speakersAgain(
      InstallationChoice where, ReprocessOrder order, RecordingListener listener)
      throws CommandException, IOException {
    return new RepeatedStages(settings(loaded(where)), BuildFacts.read(), listener).speakers(order);
  }

  @Override
  public void request(InstallationChoice where, Request request)
      throws CommandException, IOException {
    new OperatorCommands(settings(loaded(where))).submit(request);
  }

  @Override
  public Cleanup cleanup(InstallationChoice where) throws CommandException {
    Settings settings = settings(loaded(where));
    TaskStore store = new TaskStore(settings.folders().work(), FaultPoint.disabled());
    return DaemonAssembly.cleanup(settings, BuildFacts.read(), store.keep());
  }

  @Override
  public SettingsView settings(InstallationChoice where) {
    LoadedSettings loaded = loaded(where);
    return new SettingsView(SettingsReport.show(loaded), SettingsReport.check(loaded));
  }

  @Override
  public SchemaDocument settingsSchema() {
    return SettingsSchema.document();
  }

  @Override
  public Models models(InstallationChoice where) throws CommandException {
    Settings settings = settings(loaded(where));
    return new ModelCommands(
        settings,
        BuildFacts.read(),
        environment,
        new PrecisionCommands(settings, samples, SystemTime.clock().ticker()));
  }

  @Override
  public Templates templates(InstallationChoice where) {
    return new TemplateCommands(SettingsReader.configFolders(sources(where)));
  }

  @Override
  public Voices voices(InstallationChoice where) throws CommandException {
    return new VoiceCommands(settings(loaded(where)), BuildFacts.read());
  }

  @Override
  public List<Check> checks(InstallationChoice where, DoctorDepth depth) throws CommandException {
    Settings settings = settings(loaded(where));
    List<Check> last = new ArrayList<>();
    last.add(new TemplateCheck(templates(where), settings.defaults().templateId()));
    if (depth == DoctorDepth.DEEP) {
      last.add(new SampleRunCheck(sources(where), samples));
    }
    return DoctorChecks.of(settings, BuildFacts.read(), last);
  }

  private LoadedSettings loaded(InstallationChoice where) {
    return SettingsReader.read(sources(where));
  }

  private SettingsSources sources(InstallationChoice where) {
    return new SettingsSources(
        installation, environment, where.home(), where.config(), where.profile(), Map.of());
  }

  static Settings settings(LoadedSettings loaded) throws CommandException {
    return loaded
        .settings()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.CONFIGURATION,
                    "The settings are not valid:\n"
                        + String.join("\n", SettingsReport.check(loaded)),
                    "'maie-edge config show' prints the settings in force and their origin"));
  }
}
