package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lies in {@code models/}: one folder per model. Looks at the disk at every call and keeps
 * nothing but checksums. Thread-safe.
 */
public final class ModelCatalog {
  private final Path models;
  private final Checksums checksums;
  private final List<ModelLayout> layouts;

  /**
   * A catalogue of {@code models}.
   *
   * @param models need not exist; then it holds no model
   */
  public ModelCatalog(Path models, Checksums checksums) {
    this(models, checksums, GraphPreference.CPU);
  }

  /**
   * A catalogue of {@code models}.
   *
   * @param preference which graphs to use of models that come with several
   */
  public ModelCatalog(Path models, Checksums checksums, GraphPreference preference) {
    this.models = requireNonNull(models, "models is null");
    this.checksums = requireNonNull(checksums, "checksums is null");
    this.layouts = List.of(new ManifestLayout(), new SileroLayout(), new WhisperLayout(preference));
  }

  /**
   * Every model folder in order of name, each checked in so far as it is used; unchanged files are
   * not read again.
   */
  public List<InstalledModel> list() throws IOException {
    return look(Look.QUICK);
  }

  /** As {@link #list}, but every file is read in full, and pinned files that are not used too. */
  public List<InstalledModel> verify() throws IOException {
    return look(Look.THOROUGH);
  }

  /** The state of the folder {@code folder}, wherever it lies; unchanged files are not read. */
  InstalledModel glance(Path folder) throws IOException {
    return look(folder, Look.QUICK);
  }

  /** The state of the folder {@code folder}, wherever it lies; every file is read in full. */
  InstalledModel inspect(Path folder) throws IOException {
    return look(folder, Look.THOROUGH);
  }

  /**
   * The model to use: what the recording asks for, else what is configured, else the only one, else
   * the largest verified one that is not a starter, else the starter.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS} if the recording asks for a model that
   *     is not there, {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}
   */
  public ModelFolder choose(ModelWish wish) throws ProcessingException, IOException {
    return ModelChoice.among(list(), models, wish);
  }

  private List<InstalledModel> look(Look look) throws IOException {
    List<InstalledModel> installed = new ArrayList<>();
    for (Path folder : folders()) {
      installed.add(look(folder, look));
    }
    return List.copyOf(installed);
  }

  private List<Path> folders() throws IOException {
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(models)) {
      for (Path entry : entries) {
        // hidden folders are staging areas of an import, or the operator's own business
        if (Files.isDirectory(entry) && !String.valueOf(entry.getFileName()).startsWith(".")) {
          folders.add(entry);
        }
      }
    }
    folders.sort(Comparator.naturalOrder());
    return folders;
  }

  private InstalledModel look(Path folder, Look look) throws IOException {
    String name = String.valueOf(folder.getFileName());
    try {
      Pins pins = Pins.of(folder, checksums);
      for (ModelLayout layout : layouts) {
        Optional<ModelFolder> found = layout.read(folder, pins);
        if (found.isPresent()) {
          return new InstalledModel(name, folder, found.get(), check(found.get(), pins, look));
        }
      }
    } catch (ProcessingException e) {
      return new InstalledModel(
          name, folder, null, ModelState.damaged(String.valueOf(e.getMessage())));
    }
    return new InstalledModel(
        name,
        folder,
        null,
        ModelState.unknownLayout(
            "Expected '%s' or a known published layout: '%s'"
                .formatted(Manifest.FILE_NAME, folder)));
  }

  private ModelState check(ModelFolder folder, Pins pins, Look look) throws IOException {
    Map<String, ListedFile> used = folder.manifest().files();
    if (look == Look.QUICK) {
      return check(folder.path(), used, checksums::of);
    }
    ModelState state = check(folder.path(), used, checksums::compute);
    return state.isOk() ? check(folder.path(), pins.besides(used), checksums::compute) : state;
  }

  private static ModelState check(
      Path folder, Map<String, ListedFile> files, ChecksumSource checksums) throws IOException {
    for (Map.Entry<String, ListedFile> listed : files.entrySet()) {
      Path file = folder.resolve(listed.getKey());
      if (!Files.isRegularFile(file)) {
        return ModelState.incomplete(
            "Missing file '%s' of '%s'".formatted(listed.getKey(), folder));
      }
      ModelState state = compare(file, listed.getValue(), checksums);
      if (!state.isOk()) {
        return state;
      }
    }
    return ModelState.OK;
  }

  private static ModelState compare(Path file, ListedFile listed, ChecksumSource checksums)
      throws IOException {
    long bytes = Files.size(file);
    if (bytes != listed.bytes()) {
      return ModelState.damaged(
          "Expected %d bytes, found %d: '%s'".formatted(listed.bytes(), bytes, file));
    }
    String sha256 = checksums.of(file);
    return sha256.equals(listed.sha256())
        ? ModelState.OK
        : ModelState.damaged(
            "Expected sha256 %s, found %s: '%s'".formatted(listed.sha256(), sha256, file));
  }

  private enum Look {
    /** What is used, from memory where files did not change. */
    QUICK,
    /** Everything that is listed or pinned, in full. */
    THOROUGH
  }

  @FunctionalInterface
  private interface ChecksumSource {
    String of(Path file) throws IOException;
  }
}
