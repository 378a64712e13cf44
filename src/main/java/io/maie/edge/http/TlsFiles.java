package io.maie.edge.http;

import java.nio.file.Path;

/**
 * The certificate and the key that encrypt connections.
 *
 * @param certificate the certificate and those that lead to its authority, PEM
 * @param key its private key, PKCS #8 in PEM, without a password
 */
public record TlsFiles(Path certificate, Path key) {}
