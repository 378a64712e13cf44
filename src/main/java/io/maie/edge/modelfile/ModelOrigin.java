package io.maie.edge.modelfile;

import java.time.Instant;

/**
 * Origin of a model, and when it came.
 *
 * @param source {@code hub} or {@code import}
 * @param address of the hub, or the path that was imported
 * @param repository on the hub; empty for an import
 * @param revision the commit on the hub; empty for an import
 * @param license a short name; may be empty
 */
public record ModelOrigin(
    String source,
    String address,
    String repository,
    String revision,
    String license,
    Instant addedAt) {

  /** The same origin under a licence that somebody stated. */
  ModelOrigin withLicense(String stated) {
    return new ModelOrigin(source, address, repository, revision, stated, addedAt);
  }

  /** A folder or archive that somebody brought. */
  static ModelOrigin imported(String path, Instant addedAt) {
    return new ModelOrigin("import", path, "", "", "", addedAt);
  }

  /** Origin of a model from a hub. */
  public static ModelOrigin hub(
      String address, String repository, String revision, String license, Instant addedAt) {
    return new ModelOrigin("hub", address, repository, revision, license, addedAt);
  }
}
