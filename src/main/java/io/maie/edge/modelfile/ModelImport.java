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
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.commons.io.file.PathUtils;
import org.jspecify.annotations.Nullable;

/**
 * Brings models into {@code models/}. A model is unpacked into a hidden folder beside the others,
 * checked there, flushed, and renamed into place: the catalogue sees it whole or not at all. A
 * crash leaves the hidden folder, which a later import removes.
 */
public final class ModelImport {
  private static final String STAGING_PREFIX = ".maie-import-";

  /** Older leftovers belong to no import that still runs. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ARCHIVE_SUFFIX = Pattern.compile("(?i)\\.(zip|tar|tgz|tar\\.gz)$");

  private final Path models;
  private final Checksums checksums;
  private final ImportLimits limits;

  public ModelImport(Path models, Checksums checksums, ImportLimits limits) {
    this.models = requireNonNull(models, "models is null");
    this.checksums = requireNonNull(checksums, "checksums is null");
    this.limits = requireNonNull(limits, "limits is null");
  }

  /**
   * Imports {@code source}, a folder or an archive.
   *
   * @param name the folder to make under {@code models/}; null = named like the source
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it holds no usable model
   * @throws FileAlreadyExistsException if there is a model of that name
   * @throws IOException if the source cannot be read or is hostile, or the disk is full
   */
  public InstalledModel importFrom(Path source, @Nullable String name)
      throws ProcessingException, IOException {
    Path target = models.resolve(nameFor(source, name));
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "remove it first, or import under another name");
    }
    ModelSource kind = ModelSource.of(source);
    DurableFiles.createDirectories(models);
    Path staging = Files.createDirectory(models.resolve(STAGING_PREFIX + UUID.randomUUID()));
    try {
      removeAbandoned(staging);
      kind.unpack(source, new ImportStaging(staging, limits));
      Path root = root(staging);
      accept(root);
      flush(root);
      DurableFiles.rename(root, target);
    } finally {
      // gone already if it became the model itself
      if (Files.exists(staging)) {
        PathUtils.deleteDirectory(staging);
      }
    }
    return catalog().inspect(target);
  }

  private static String nameFor(Path source, @Nullable String name) throws ProcessingException {
    Path last = source.toAbsolutePath().normalize().getFileName();
    String chosen =
        name == null ? ARCHIVE_SUFFIX.matcher(String.valueOf(last)).replaceFirst("") : name;
    if (!NAME.matcher(chosen).matches()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a name of up to 64 letters, digits, '.', '_' and '-', found '" + chosen + "'",
          "Choose a name for the model");
    }
    return chosen;
  }

  /** Archives often hold one folder with everything in it. */
  private static Path root(Path staging) throws IOException {
    List<Path> entries = entries(staging);
    return entries.size() == 1 && Files.isDirectory(entries.get(0)) ? entries.get(0) : staging;
  }

  private void accept(Path root) throws ProcessingException, IOException {
    InstalledModel model = catalog().inspect(root);
    if (!model.state().isOk()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Not a usable model: " + model.state().reason().replace(root + "/", ""),
          "Get the model again, or add a manifest.json; config/models has some to start from");
    }
    ModelFolder folder = model.folder().orElseThrow();
    if (Files.exists(root.resolve(Manifest.FILE_NAME))) {
      ManifestPinning.pin(root, folder.manifest().files());
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

  private void removeAbandoned(Path own) throws IOException {
    FileTime now = Files.getLastModifiedTime(own);
    for (Path entry : entries(models)) {
      boolean isStaging = String.valueOf(entry.getFileName()).startsWith(STAGING_PREFIX);
      if (isStaging && !entry.equals(own)) {
        long age = now.toMillis() - Files.getLastModifiedTime(entry).toMillis();
        if (age > ABANDONED.toMillis()) {
          PathUtils.deleteDirectory(entry);
        }
      }
    }
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    return entries;
  }

  private ModelCatalog catalog() {
    return new ModelCatalog(models, checksums);
  }
}
