package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * A checksum as a hub declares it.
 *
 * @param hex lower-case digits
 */
record DeclaredChecksum(Kind kind, String hex) {

  /** Subject of the checksum. */
  enum Kind {
    /** The content; declared for large files. */
    SHA256("SHA-256", 64),
    /** The word {@code blob}, the size and the content, as git names its objects. */
    GIT_BLOB("SHA-1", 40);

    private final String algorithm;
    private final Pattern form;

    Kind(String algorithm, int digits) {
      this.algorithm = algorithm;
      this.form = Pattern.compile("[0-9a-f]{" + digits + "}");
    }
  }

  DeclaredChecksum {
    requireNonNull(kind, "kind is null");
    requireNonNull(hex, "hex is null");
    if (!kind.form.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "expected a checksum of the kind " + kind + ", found '" + hex + "'");
    }
  }

  /** A digest that is ready for the content of a file of {@code bytes} bytes. */
  MessageDigest begin(long bytes) {
    MessageDigest digest = newDigest(kind.algorithm);
    if (kind == Kind.GIT_BLOB) {
      digest.update(("blob " + bytes + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    return digest;
  }

  private static MessageDigest newDigest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
