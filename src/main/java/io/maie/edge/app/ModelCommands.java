package io.maie.edge.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ImportOrder;
import io.maie.edge.cli.Models;
import io.maie.edge.cli.PreparationOrder;
import io.maie.edge.cli.PreparedModel;
import io.maie.edge.cli.PullOrder;
import io.maie.edge.config.Settings;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.DecoderRounding;
import io.maie.edge.modelfile.GraphPreference;
import io.maie.edge.modelfile.ImportLimits;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.modelfile.ModelAdmission;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelImport;
import io.maie.edge.modelfile.ModelListing;
import io.maie.edge.modelfile.hub.PublishedModel;
import io.maie.edge.modelfile.hub.PublishedModels;
import io.maie.edge.progress.TransferProgress;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Operations on the models of this installation. */
final class ModelCommands implements Models {
  /** In units of 1,000,000 bytes, as the catalogue counts. */
  private final Settings settings;

  private final BuildFacts build;
  private final Map<String, String> environment;

  private final PrecisionCommands precision;

  /** Shared by everything one command does, so that no file is read twice. */
  private final Checksums checksums = new Checksums();

  ModelCommands(
      Settings settings,
      BuildFacts build,
      Map<String, String> environment,
      PrecisionCommands precision) {
    this.settings = requireNonNull(settings, "settings is null");
    this.build = requireNonNull(build, "build is null");
    this.environment = Map.copyOf(environment);
    this.precision = requireNonNull(precision, "precision is null");
  }

  @Override
  public List<ListedModel> list() throws IOException {
    return listing().list();
  }

  @Override
  public List<ListedModel> verify() throws IOException {
    return listing().verify();
  }

  @Override
  public ListedModel importFrom(ImportOrder order) throws CommandException, IOException {
    ModelAdmission admission =
        new ModelAdmission(
                new ModelCatalog(settings.folders().models(), checksums, preference()),
                new SpeechModelTrial(settings).and(new TextModelTrial(settings)))
            .underLicense(Objects.requireNonNullElse(order.license(), ""));
    return arrived(
        "'" + order.source() + "' was not imported",
        order.name(),
        () ->
            new ModelImport(
                    admission,
                    ImportLimits.leaving(settings.disk().minFreeBytes()),
                    InstantSource.system())
                .importFrom(order.source(), order.name()));
  }

  @Override
  public List<PublishedModel> catalog() throws IOException {
    return PublishedModels.shipped().all();
  }

  @Override
  public ListedModel pull(PullOrder order, TransferProgress progress)
      throws CommandException, IOException {
    ModelPulls pulls = new ModelPulls(settings, build, environment, order);
    String name = pulls.name();
    return arrived(
        "'" + order.model() + "' was not pulled",
        name,
        () -> pulls.pull(name, checksums, preference(), progress));
  }

  @Override
  public PreparedModel prepare(PreparationOrder order, Runnable comparing)
      throws CommandException, IOException {
    InstalledModel model = installed(order.name());
    try {
      String account =
          precision.prepare(order, new DecoderRounding(model.path(), checksums), comparing);
      return new PreparedModel(listing().line(installed(order.name())), account);
    } catch (ProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "'" + order.name() + "' was not prepared: " + e.getMessage(),
          e.hint().orElse("the deployment guide says what a model folder holds"),
          e);
    }
  }

  private InstalledModel installed(String name) throws CommandException, IOException {
    List<InstalledModel> all =
        new ModelCatalog(settings.folders().models(), checksums, preference()).list();
    return all.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandException(
                    ExitCode.USAGE,
                    "No model '%s' in '%s'".formatted(name, settings.folders().models()),
                    "Name one of: "
                        + all.stream().map(InstalledModel::name).collect(joining(", "))));
  }

  private ListedModel arrived(String failure, String name, Arrival arrival)
      throws CommandException, IOException {
    try {
      return listing().line(arrival.come());
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "There is a model '" + name + "' already",
          "choose another --name, or remove it first",
          e);
    } catch (ProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED,
          failure + ": " + e.getMessage(),
          e.hint().orElse("the deployment guide says what a model folder holds"),
          e);
    }
  }

  private ModelListing listing() {
    return new ModelListing(
        new ModelCatalog(settings.folders().models(), checksums, preference()),
        EngineFactory.allWishes(settings));
  }

  /** Loads the native library if it has to say where models compute. */
  private GraphPreference preference() {
    return EngineFactory.preference(settings);
  }

  /** One way in which a model comes. */
  @FunctionalInterface
  private interface Arrival {
    InstalledModel come() throws CommandException, ProcessingException, IOException;
  }
}
