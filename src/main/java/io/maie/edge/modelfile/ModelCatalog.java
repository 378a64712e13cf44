package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.StorageFailure;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Models in {@code models/}: one folder per model. Looks at the disk at every call and keeps
 * nothing but checksums. Thread-safe.
 */
public final class ModelCatalog {
  private final Path models;
  private final Checksums checksums;
  private final GraphPreference preference;
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
   * @param preference the choice among the graphs of one model
   */
  public ModelCatalog(Path models, Checksums checksums, GraphPreference preference) {
    this.models = requireNonNull(models, "models is null");
    this.checksums = requireNonNull(checksums, "checksums is null");
    this.preference = requireNonNull(preference, "preference is null");
    GraphSummaries summaries = new GraphSummaries();
    this.layouts =
        List.of(
            new ManifestLayout(),
            new SileroLayout(),
            new WhisperLayout(preference),
            new MoonshineLayout(preference.ofHardware()),
            new ChunkformerLayout(preference.hardware(), summaries),
            new TransducerLayout(preference.hardware(), summaries),
            new LanguageModelLayout(preference.ofHardware()),
            new SenseVoiceLayout(preference.hardware(), summaries),
            new SpeakerLayout(summaries));
  }

  /** The folder of all models. */
  Path models() {
    return models;
  }

  Checksums checksums() {
    return checksums;
  }

  /** The choice among the graphs of one model. */
  GraphPreference preference() {
    return preference;
  }

  /**
   * Every model folder in order of name, each checked in so far as it is used; unchanged files are
   * not read again.
   */
  public List<InstalledModel> list() throws IOException {
    return look(Look.QUICK);
  }

  /** Like {@link #list}, but reads every file in full, also pinned files that are not used. */
  public List<InstalledModel> verify() throws IOException {
    return look(Look.THOROUGH);
  }

  /** The state of the folder {@code folder}, wherever it lies; unchanged files are not read. */
  InstalledModel glance(Path folder) {
    return look(folder, Look.QUICK);
  }

  /** The state of the folder {@code folder}, wherever it lies; every file is read in full. */
  InstalledModel inspect(Path folder) {
    return look(folder, Look.THOROUGH);
  }

  /**
   * The model to use: what the recording asks for, else what is configured; else, of the verified
   * models that know the language, the largest that was added, else the largest that ships.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS} if the recording asks for a model that
   *     is not there, {@code LANGUAGE_UNSUPPORTED} if no model knows its language, {@code
   *     MODEL_MISSING} or {@code MODEL_LOAD_ERROR}
   */
  public ModelFolder choose(ModelWish wish) throws ProcessingException {
    return explained(wish).folder();
  }

  /**
   * Like {@link #choose}, with the rule that decided.
   *
   * @throws ProcessingException as {@link #choose}
   */
  public ChosenModel explained(ModelWish wish) throws ProcessingException {
    List<InstalledModel> installed;
    try {
      installed = list();
    } catch (IOException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Cannot look for models, %s: %s".formatted(StorageFailure.of(e).sentence(), e),
          "Check the disk, and let the service read '" + models + "'",
          e);
    }
    return ModelChoice.among(installed, models, wish);
  }

  /** The sound models for {@code task}, one word each; another value means other models. */
  public String inventory(ModelTask task) throws IOException {
    return ModelChoice.inventory(list(), task);
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

  /** Reads one folder; a fault is the state of that one, and the others stay usable. */
  private InstalledModel look(Path folder, Look look) {
    try {
      return read(folder, look);
    } catch (ProcessingException e) {
      return unread(folder, ModelState.refused(e));
    } catch (IOException e) {
      return unread(
          folder,
          ModelState.damaged(
              "Cannot be read, %s: %s".formatted(StorageFailure.of(e).sentence(), e)));
    }
  }

  private InstalledModel read(Path folder, Look look) throws ProcessingException, IOException {
    if (!Files.isExecutable(folder)) {
      // whether a file is there cannot be told then; a layout would take it for absent
      throw new AccessDeniedException(folder.toString());
    }
    ExpectedFiles expected = ExpectedFiles.of(folder, checksums);
    for (ModelLayout layout : layouts) {
      Optional<ModelFolder> found;
      try {
        found = layout.read(folder, expected);
      } catch (ProcessingException e) {
        return unread(folder, layout.task(), ModelState.refused(e));
      }
      if (found.isPresent()) {
        ModelTask task = found.get().manifest().task();
        return new InstalledModel(
            nameOf(folder), folder, found.get(), task, check(found.get(), expected, look));
      }
    }
    return unread(
        folder,
        ModelState.unknownLayout(
            "Expected '%s' or a known published layout: '%s'"
                .formatted(Manifest.FILE_NAME, folder)));
  }

  private static InstalledModel unread(Path folder, ModelState state) {
    return unread(folder, Optional.empty(), state);
  }

  private static InstalledModel unread(Path folder, Optional<ModelTask> task, ModelState state) {
    return new InstalledModel(nameOf(folder), folder, null, task.orElse(null), state);
  }

  private static String nameOf(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private ModelState check(ModelFolder folder, ExpectedFiles expected, Look look)
      throws IOException {
    Map<String, ListedFile> used = folder.manifest().files();
    if (look == Look.QUICK) {
      return new FileCheck(folder.path(), checksums::of).check(used);
    }
    FileCheck thorough = new FileCheck(folder.path(), checksums::compute);
    ModelState state = thorough.check(used);
    return state.isOk() ? thorough.check(expected.besides(used)) : state;
  }

  /** Compares files of a folder with what is listed of them. */
  private record FileCheck(Path folder, ChecksumSource checksums) {

    ModelState check(Map<String, ListedFile> files) throws IOException {
      for (Map.Entry<String, ListedFile> listed : files.entrySet()) {
        Path file = folder.resolve(listed.getKey());
        if (!Files.isRegularFile(file)) {
          return ModelState.incomplete(
              "Missing file '%s' of '%s'".formatted(listed.getKey(), folder));
        }
        ModelState state = compare(file, listed.getValue());
        if (!state.isOk()) {
          return state;
        }
      }
      return ModelState.OK;
    }

    private ModelState compare(Path file, ListedFile listed) throws IOException {
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
  }

  private enum Look {
    /** Used checksums, from memory where files did not change. */
    QUICK,
    /** Everything that is listed or pinned, in full. */
    THOROUGH
  }

  @FunctionalInterface
  private interface ChecksumSource {
    String of(Path file) throws IOException;
  }
}
