package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.durable.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes and compares what must not be guessed. */
final class Secrets {
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  /** A new secret of 43 characters that are safe in addresses and headers. */
  static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Under which {@code secret} can be looked up: the time that takes tells nothing about it. */
  static String digest(String secret) {
    return digest(secret.getBytes(UTF_8));
  }

  /** The SHA-256 of {@code bytes} in hexadecimal digits. */
  static String digest(byte[] bytes) {
    return Sha256.of(bytes);
  }

  /** Compares in a time that does not depend on how much is equal. */
  static boolean areEqual(String one, String other) {
    return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
