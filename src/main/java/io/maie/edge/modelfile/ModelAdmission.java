package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;

/**
 * Admits models to {@code models/}, imported or pulled.
 *
 * <p>File contract: the model lies complete in a hidden folder on the same file system. It is read
 * and checked there, its checksums are pinned, everything is flushed, and the folder is renamed:
 * the catalogue sees the model whole or not at all. After a crash the hidden folder is as it was,
 * with or without the lock.
 */
public final class ModelAdmission {
  private static final String GET_AGAIN =
      "Get the model again, or add a manifest.json; config/models has some to start from";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private final ModelCatalog catalog;
  private final ModelTrial trial;

  /** Stated by the person who installs the model; empty if nobody did. */
  private final String license;

  /**
   * Admits every complete model.
   *
   * @param catalog of the models that are there; their folder need not exist yet
   */
  public ModelAdmission(ModelCatalog catalog) {
    this(catalog, ModelTrial.disabled());
  }

  /**
   * Admits only models that pass a trial.
   *
   * @param trial run on every model that comes
   */
  public ModelAdmission(ModelCatalog catalog, ModelTrial trial) {
    this(catalog, trial, "");
  }

  private ModelAdmission(ModelCatalog catalog, ModelTrial trial, String license) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.trial = requireNonNull(trial, "trial is null");
    this.license = requireNonNull(license, "license is null");
  }

  /**
   * The same for models under the licence {@code stated}, which replaces that of their files.
   *
   * @param stated a short name; empty = as the files or the hub say
   */
  public ModelAdmission underLicense(String stated) {
    return new ModelAdmission(catalog, trial, stated);
  }

  /** The folder of all models. */
  public Path models() {
    return catalog.models();
  }

  /** The preference among several graphs. */
  public GraphPreference preference() {
    return catalog.preference();
  }

  /**
   * Returns if a model can have this name.
   *
   * @throws ProcessingException if it is no name for a folder
   * @throws FileAlreadyExistsException if there is a model of that name
   */
  public void requireFree(String name) throws ProcessingException, FileAlreadyExistsException {
    if (!NAME.matcher(name).matches()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a name of up to 64 letters, digits, '.', '_' and '-', found '" + name + "'",
          "Choose a name for the model");
    }
    Path target = models().resolve(name);
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "remove it first, or choose another name");
    }
  }

  /**
   * Lets a model in.
   *
   * @param staged a hidden folder in {@code models/} or below one, which becomes the model
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is no usable model
   */
  public InstalledModel admit(Path staged, String name, ModelOrigin origin)
      throws ProcessingException, IOException {
    requireFree(name);
    InstalledModel model = catalog.inspect(staged);
    if (!model.state().isOk()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Not a usable model: "
              + model.state().reason().replace(staged + "/", "").replace(staged.toString(), name),
          model.state().hint().isEmpty() ? GET_AGAIN : model.state().hint());
    }
    trial.run(model.folder().orElseThrow());
    pin(model.folder().orElseThrow(), origin);
    flush(staged);
    Path target = models().resolve(name);
    DurableFiles.rename(staged, target);
    return catalog.glance(target);
  }

  /**
   * A manifest that lists no files gets them listed; a folder without one gets a lock. A licence
   * that was stated is written where the folder has its own.
   */
  private void pin(ModelFolder folder, ModelOrigin origin) throws ProcessingException, IOException {
    Path staged = folder.path();
    if (Files.exists(staged.resolve(Manifest.FILE_NAME))) {
      ManifestPinning.pin(staged, folder.manifest().files(), license);
      return;
    }
    Optional<ModelLock> brought = ModelLock.read(staged);
    if (brought.isEmpty()) {
      ExpectedFiles expected = ExpectedFiles.of(staged, catalog.checksums());
      ModelOrigin stated = license.isEmpty() ? origin : origin.withLicense(license);
      new ModelLock(stated, FilesOnDisk.list(staged, expected)).write(staged);
    } else if (!license.isEmpty()) {
      brought.get().withLicense(license).write(staged);
    }
  }

  /** Flushes folders; files were flushed when they were written. */
  private static void flush(Path folder) throws IOException {
    for (Path entry : entries(folder)) {
      if (Files.isDirectory(entry)) {
        flush(entry);
      }
    }
    DurableFiles.forceDirectory(folder);
  }

  /**
   * Removes hidden folders that nobody came back to.
   *
   * @param own a folder that was made just now; it stays, and says what time it is
   */
  public void removeAbandoned(String prefix, Duration age, Path own) throws IOException {
    long now = Files.getLastModifiedTime(own).toMillis();
    for (Path entry : entries(models())) {
      boolean isStaging = String.valueOf(entry.getFileName()).startsWith(prefix);
      if (isStaging
          && !entry.equals(own)
          && now - Files.getLastModifiedTime(entry).toMillis() > age.toMillis()) {
        PathUtils.deleteDirectory(entry);
      }
    }
  }

  static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    return entries;
  }
}
