package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Description of a model in its {@value #FILE_NAME}, or derived from its layout where it has none.
 *
 * @param name the publisher's name for the model
 * @param version the publisher's version or size; may be empty
 * @param family the kind of model, such as {@code ctc} or {@code silero}; decides who can run it
 * @param languages ISO 639-1 codes; empty if it does not depend on the language or is not known
 * @param shipped whether it comes with the program
 * @param license a short name such as {@code Apache-2.0}; may be empty
 * @param sampleRate samples per second of the audio it expects
 * @param files every file of the model by its path inside the folder, with slashes
 * @param settings the section named like the family
 */
public record Manifest(
    String name,
    String version,
    ModelTask task,
    String family,
    List<String> languages,
    boolean shipped,
    String license,
    String description,
    int sampleRate,
    SortedMap<String, ListedFile> files,
    ManifestSection settings) {

  /** The name of the manifest in a model folder. */
  public static final String FILE_NAME = "manifest.json";

  /** The schema this program reads. */
  public static final int SCHEMA_VERSION = 1;

  public Manifest {
    requireNonNull(name, "name is null");
    requireNonNull(version, "version is null");
    requireNonNull(task, "task is null");
    requireNonNull(family, "family is null");
    requireNonNull(license, "license is null");
    requireNonNull(description, "description is null");
    requireNonNull(settings, "settings is null");
    languages = List.copyOf(languages);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** This manifest with another list of files. */
  Manifest withFiles(SortedMap<String, ListedFile> otherFiles) {
    return new Manifest(
        name,
        version,
        task,
        family,
        languages,
        shipped,
        license,
        description,
        sampleRate,
        otherFiles,
        settings);
  }

  /** The sizes of all files together. */
  public long bytes() {
    return files.values().stream().mapToLong(ListedFile::bytes).sum();
  }
}
