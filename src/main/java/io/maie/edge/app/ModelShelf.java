package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ModelLine;
import io.maie.edge.cli.Models;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ImportLimits;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelImport;
import io.maie.edge.modelfile.ModelWish;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The models of this installation, for the command line. */
final class ModelShelf implements Models {
  private final Path models;
  private final List<ModelWish> wishes;
  private final ModelCatalog catalog;

  /**
   * A shelf.
   *
   * @param models the folder of all models
   * @param wishes what a recording wants that asks for nothing, one for each task
   */
  ModelShelf(Path models, List<ModelWish> wishes) {
    this.models = requireNonNull(models, "models is null");
    this.wishes = List.copyOf(wishes);
    // keeps the checksums of files that do not change
    this.catalog = new ModelCatalog(models, new Checksums());
  }

  @Override
  public List<ModelLine> list() throws IOException {
    return lines(catalog.list());
  }

  @Override
  public List<ModelLine> verify() throws IOException {
    return lines(catalog.verify());
  }

  @Override
  public ModelLine importFrom(Path source, String name) throws CommandException, IOException {
    InstalledModel model;
    try {
      model =
          new ModelImport(models, new Checksums(), ImportLimits.DEFAULTS).importFrom(source, name);
    } catch (FileAlreadyExistsException e) {
      throw new CommandException(
          ExitCode.USAGE,
          "There is a model '" + name + "' already",
          "choose another --name, or remove it first",
          e);
    } catch (ProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED,
          "'" + source + "' was not imported: " + e.getMessage(),
          e.hint().orElse("the deployment guide says what a model folder holds"),
          e);
    }
    return list().stream()
        .filter(line -> line.name().equals(model.name()))
        .findFirst()
        .orElseThrow(() -> new IOException("'" + model.path() + "' vanished"));
  }

  private List<ModelLine> lines(List<InstalledModel> installed) throws IOException {
    Set<Path> used = used();
    List<ModelLine> lines = new ArrayList<>();
    for (InstalledModel model : installed) {
      lines.add(line(model, used.contains(model.path())));
    }
    return lines;
  }

  private Set<Path> used() throws IOException {
    Set<Path> used = new HashSet<>();
    for (ModelWish wish : wishes) {
      chosen(wish).ifPresent(used::add);
    }
    return used;
  }

  /** What {@code wish} gets; nothing if that fails, since each line says why. */
  private Optional<Path> chosen(ModelWish wish) throws IOException {
    try {
      return Optional.of(catalog.choose(wish).path());
    } catch (ProcessingException e) {
      return Optional.empty();
    }
  }

  private static ModelLine line(InstalledModel model, boolean inUse) {
    String state = model.state().kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return model
        .folder()
        .map(ModelFolder::manifest)
        .map(
            manifest ->
                new ModelLine(
                    model.name(),
                    manifest.task().label(),
                    manifest.family(),
                    manifest.version(),
                    manifest.languages(),
                    manifest.bytes(),
                    manifest.license(),
                    manifest.starter(),
                    inUse,
                    state,
                    model.state().reason()))
        .orElseGet(
            () ->
                new ModelLine(
                    model.name(),
                    "?",
                    "?",
                    "",
                    List.of(),
                    0,
                    "",
                    false,
                    false,
                    state,
                    model.state().reason()));
  }
}
