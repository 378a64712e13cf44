package io.maie.edge.http;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * With what connections are encrypted.
 *
 * @param certificate the certificate and those that lead to its authority, PEM
 * @param key its private key, PKCS #8 in PEM, without a password
 */
public record TlsFiles(Path certificate, Path key) {
  public TlsFiles {
    requireNonNull(certificate, "certificate is null");
    requireNonNull(key, "key is null");
  }
}
