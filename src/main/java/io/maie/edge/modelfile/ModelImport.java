package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.apache.commons.io.file.PathUtils;

/**
 * Brings models into {@code models/}. A model is unpacked into a hidden folder beside the others,
 * checked there, flushed, and renamed into place: the catalogue sees it whole or not at all. A
 * crash leaves the hidden folder, which a later import removes.
 */
public final class ModelImport {
  private static final String STAGING_PREFIX = ".maie-import-";

  /** Older leftovers belong to no import that still runs. */
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final ModelAdmission admission;
  private final ImportLimits limits;
  private final InstantSource clock;

  public ModelImport(ModelAdmission admission, ImportLimits limits, InstantSource clock) {
    this.admission = requireNonNull(admission, "admission is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Imports {@code source}, a folder or an archive.
   *
   * @param name the folder to make under {@code models/}
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it holds no usable model
   * @throws FileAlreadyExistsException if there is a model of that name
   * @throws IOException if the source cannot be read or is hostile, or the disk is full
   */
  public InstalledModel importFrom(Path source, String name)
      throws ProcessingException, IOException {
    admission.requireFree(name);
    ModelSource kind = ModelSource.of(source);
    Path staging = admission.models().resolve(STAGING_PREFIX + UUID.randomUUID());
    DurableFiles.createDirectories(staging);
    try {
      admission.removeAbandoned(STAGING_PREFIX, ABANDONED, staging);
      kind.unpack(source, new ImportStaging(staging, limits));
      ModelOrigin origin =
          ModelOrigin.imported(source.toAbsolutePath().toString(), clock.instant());
      return admission.admit(root(staging), name, origin);
    } finally {
      // gone already if it became the model itself
      if (Files.exists(staging)) {
        PathUtils.deleteDirectory(staging);
      }
    }
  }

  /** Archives often hold one folder with everything in it. */
  private static Path root(Path staging) throws IOException {
    List<Path> entries = ModelAdmission.entries(staging);
    return entries.size() == 1 && Files.isDirectory(entries.get(0)) ? entries.get(0) : staging;
  }
}
