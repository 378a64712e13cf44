package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One folder under {@code models/} and the state it is in.
 *
 * @param name the folder's name
 * @param folderOrNull null if the layout is unknown or the manifest cannot be read
 * @param taskOrNull the task, as far as the layout tells it; null if it might be any
 */
public record InstalledModel(
    String name,
    Path path,
    @Nullable ModelFolder folderOrNull,
    @Nullable ModelTask taskOrNull,
    ModelState state) {

  public InstalledModel {
    requireNonNull(name, "name is null");
    requireNonNull(path, "path is null");
    requireNonNull(state, "state is null");
    if (state.isOk() && folderOrNull == null) {
      throw new IllegalArgumentException("expected a known layout for a model that is fine");
    }
  }

  /** The folder, as far as it is known. */
  public Optional<ModelFolder> folder() {
    return Optional.ofNullable(folderOrNull);
  }

  /** Returns whether it would serve {@code task} if nothing were wrong with it. */
  boolean isMeantFor(ModelTask task) {
    return taskOrNull == null || taskOrNull == task;
  }

  boolean serves(ModelTask task) {
    return folderOrNull != null && folderOrNull.manifest().task() == task;
  }

  /** Returns whether a model comes with the program; false if that is not known. */
  boolean isShipped() {
    return folderOrNull != null && folderOrNull.manifest().shipped();
  }

  /**
   * Returns whether the model knows {@code language}; a model that lists no languages may know any.
   */
  boolean speaks(String language) {
    List<String> known = folderOrNull == null ? List.of() : folderOrNull.manifest().languages();
    return known.isEmpty() || known.contains(language);
  }

  long bytes() {
    return folderOrNull == null ? 0 : folderOrNull.manifest().bytes();
  }

  /** The name of the licence of its weights; empty if it is not known. */
  String licence() {
    return folderOrNull == null ? "" : folderOrNull.manifest().license();
  }

  /** Returns whether it may be used without being asked for. */
  public boolean hasFreeLicence() {
    return Licences.isFree(licence());
  }
}
