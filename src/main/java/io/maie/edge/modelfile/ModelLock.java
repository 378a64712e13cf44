package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * State of a model at its installation, kept beside it in {@value #FILE_NAME}: its files' sizes and
 * checksums, and where they are from. Later damage is measured against it. It says nothing of this
 * machine, so that a folder can be copied to another one together with it.
 *
 * @param files by path inside the folder, with slashes; neither the lock itself nor a manifest
 */
public record ModelLock(ModelOrigin origin, SortedMap<String, ListedFile> files) {

  /** The name of the lock in a model folder. */
  public static final String FILE_NAME = "model.lock.json";

  private static final int SCHEMA_VERSION = 1;

  public ModelLock {
    requireNonNull(origin, "origin is null");
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * The lock in {@code folder}; empty if there is none.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is no lock
   */
  static Optional<ModelLock> read(Path folder) throws ProcessingException, IOException {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ManifestSection lock = ManifestReader.document(file);
    if (lock.integer("schema_version") != SCHEMA_VERSION) {
      throw lock.invalid("schema_version", String.valueOf(SCHEMA_VERSION));
    }
    lock.requireOnly(
        "schema_version",
        "source",
        "address",
        "repository",
        "revision",
        "license",
        "added_at",
        "files");
    return Optional.of(new ModelLock(origin(lock), ManifestReader.files(lock.section("files"))));
  }

  private static ModelOrigin origin(ManifestSection lock) throws ProcessingException {
    return new ModelOrigin(
        lock.text("source"),
        lock.textOr("address", ""),
        lock.textOr("repository", ""),
        lock.textOr("revision", ""),
        lock.textOr("license", ""),
        addedAt(lock));
  }

  private static Instant addedAt(ManifestSection lock) throws ProcessingException {
    try {
      return Instant.parse(lock.text("added_at"));
    } catch (DateTimeException e) {
      throw lock.invalid("added_at", "a time such as 2026-01-31T12:00:00Z", e);
    }
  }

  /** The same files under another licence. */
  ModelLock withLicense(String license) {
    return new ModelLock(origin.withLicense(license), files);
  }

  /** The same origin with other files. */
  ModelLock withFiles(SortedMap<String, ListedFile> others) {
    return new ModelLock(origin, others);
  }

  /** Writes the lock into {@code folder}; flushed. */
  void write(Path folder) throws IOException {
    ObjectNode lock = JsonFile.MAPPER.createObjectNode();
    lock.put("schema_version", SCHEMA_VERSION)
        .put("source", origin.source())
        .put("address", origin.address())
        .put("repository", origin.repository())
        .put("revision", origin.revision())
        .put("license", origin.license())
        .put("added_at", origin.addedAt().toString());
    ObjectNode listed = lock.putObject("files");
    files.forEach(
        (name, file) ->
            listed.putObject(name).put("bytes", file.bytes()).put("sha256", file.sha256()));
    DurableFiles.writeAtomically(
        folder.resolve(FILE_NAME),
        JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(lock));
  }
}
