package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Entry of a manifest for one file of a model.
 *
 * @param bytes its exact size
 * @param sha256 64 hexadecimal digits, lower case
 */
public record ListedFile(long bytes, String sha256) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ListedFile {
    requireNonNull(sha256, "sha256 is null");
    if (bytes < 0) {
      throw new IllegalArgumentException("expected a size of 0 or more, found " + bytes);
    }
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits, found '" + sha256 + "'");
    }
  }
}
