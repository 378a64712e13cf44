package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

/**
 * One published model as {@code models catalog} shows it.
 *
 * @param name the name that {@code models pull} takes
 * @param bytes about what is transferred
 * @param remark one sentence; may be empty
 */
public record CatalogLine(
    String name, String repository, String languages, String license, long bytes, String remark) {

  public CatalogLine {
    requireNonNull(name, "name is null");
    requireNonNull(repository, "repository is null");
    requireNonNull(languages, "languages is null");
    requireNonNull(license, "license is null");
    requireNonNull(remark, "remark is null");
  }
}
