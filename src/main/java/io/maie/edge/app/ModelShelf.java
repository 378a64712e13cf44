package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.ModelLine;
import io.maie.edge.cli.Models;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.VerifiedCopy;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelWish;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** The models of this installation, for the command line. */
final class ModelShelf implements Models {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final int MAX_DEPTH = 4;

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

  /*
   * The copy is made in a hidden folder, which the catalogue does not list, and becomes a model by
   * one rename.
   */
  @Override
  public ModelLine importFrom(Path folder, String name) throws CommandException, IOException {
    Path target = requireFree(folder, name);
    DurableFiles.createDirectories(models);
    Path staging = Files.createTempDirectory(models, ".import-");
    try {
      copy(folder.toRealPath(), staging.resolve(name));
      requireSound(staging, folder);
      DurableFiles.rename(staging.resolve(name), target);
    } finally {
      PathUtils.deleteDirectory(staging);
    }
    return list().stream()
        .filter(line -> line.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IOException("'" + target + "' vanished"));
  }

  private Path requireFree(Path folder, String name) throws CommandException {
    if (!NAME.matcher(name).matches()) {
      throw new CommandException(
          ExitCode.USAGE,
          "Expected a name of letters, digits, '.', '_' and '-', found '" + name + "'",
          "give one with --name");
    }
    if (!Files.isDirectory(folder)) {
      throw new CommandException(
          ExitCode.USAGE,
          "Expected a folder, found none: '" + folder + "'",
          "a model is a folder with its ONNX file and a manifest.json");
    }
    Path target = models.resolve(name);
    if (Files.exists(target)) {
      throw new CommandException(
          ExitCode.USAGE, "There is a model '" + name + "' already", "choose another --name");
    }
    return target;
  }

  private static void copy(Path source, Path target) throws IOException {
    List<Path> files;
    // downloads often consist of links into a cache
    try (Stream<Path> all = Files.walk(source, MAX_DEPTH, FileVisitOption.FOLLOW_LINKS)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      Path copy = target.resolve(source.relativize(file));
      Path parent = requireNonNull(copy.getParent(), "a file below the target has a parent");
      DurableFiles.createDirectories(parent);
      DurableFiles.rename(VerifiedCopy.toTemporary(file.toRealPath(), parent), copy);
    }
  }

  private static void requireSound(Path staging, Path source) throws CommandException, IOException {
    List<InstalledModel> found = new ModelCatalog(staging, new Checksums()).verify();
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED,
          "Expected a model, found an empty folder: '" + source + "'",
          "a model is a folder with its ONNX file and a manifest.json");
    }
    InstalledModel model = found.get(0);
    if (!model.state().isOk()) {
      throw new CommandException(
          ExitCode.FAILED,
          "'" + source + "' was not imported: " + model.state().reason(),
          "config/models/ holds manifests to start from; the deployment guide says more");
    }
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
