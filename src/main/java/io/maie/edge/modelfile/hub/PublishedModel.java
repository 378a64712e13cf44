package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

/**
 * A model that can be pulled by a short name.
 *
 * @param name the name that people type, and the name of the folder
 * @param repository {@code owner/name} on the hub
 * @param languages for people
 * @param license of the weights
 * @param megabytes about what is transferred for a processor, in units of 1,000,000 bytes
 * @param remark one sentence for people; may be empty
 */
public record PublishedModel(
    String name,
    String repository,
    String languages,
    String license,
    int megabytes,
    String remark) {

  public PublishedModel {
    requireNonNull(name, "name is null");
    requireNonNull(repository, "repository is null");
    requireNonNull(languages, "languages is null");
    requireNonNull(license, "license is null");
    requireNonNull(remark, "remark is null");
  }

  /** About what is transferred. */
  public long bytes() {
    return megabytes * 1_000_000L;
  }
}
