package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key and its certificates, from PEM files (RFC 7468). */
final class PemIdentity {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private PemIdentity() {}

  /**
   * A key store with the one key, which {@code password} opens.
   *
   * @throws IOException if a file cannot be read or does not hold what it should; its message is
   *     for the operator
   */
  static KeyStore read(TlsFiles files, String password) throws IOException {
    try {
      List<Certificate> chain = chain(files.certificate());
      PublicKey open = chain.get(0).getPublicKey();
      PrivateKey key = key(files.key(), open.getAlgorithm());
      requirePair(key, open, files);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, password.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(
          "'" + files.certificate() + "' and '" + files.key() + "' cannot be used: " + e, e);
    }
  }

  private static List<Certificate> chain(Path file) throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(file)) {
      List<Certificate> chain =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(stream));
      if (chain.isEmpty()) {
        throw new IOException("Expected a certificate in '" + file + "', found none");
      }
      return chain;
    }
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    Matcher matcher = KEY.matcher(Files.readString(file, UTF_8));
    if (!matcher.find()) {
      throw new IOException(
          "Expected 'BEGIN PRIVATE KEY' in '"
              + file
              + "', found something else; 'openssl pkcs8 -topk8 -nocrypt' converts other keys");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(matcher.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  private static void requirePair(PrivateKey key, PublicKey open, TlsFiles files)
      throws IOException, GeneralSecurityException {
    String algorithm =
        switch (open.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> open.getAlgorithm();
        };
    byte[] text = "a pair".getBytes(UTF_8);
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(text);
    if (!signature.verify(signed)) {
      throw new IOException(
          "'" + files.key() + "' is not the key of the certificate '" + files.certificate() + "'");
    }
  }
}
