package io.maie.edge.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for 127.0.0.1 that openssl makes, and clients that trust them. */
public record SelfSigned(Path certificate, Path key) {

  /** Files that do not exist yet. */
  public static SelfSigned in(Path folder) {
    return new SelfSigned(folder.resolve("device.pem"), folder.resolve("device.key"));
  }

  /**
   * Makes a new pair in place of the one that is there.
   *
   * @param name common name of the certificate
   * @param kind of the key, as openssl calls it
   */
  public void make(String name, String kind) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ExternalProgram.require("openssl").toString(),
                "req",
                "-x509",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-newkey",
                kind,
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()));
    if (kind.equals("ec")) {
      command.addAll(List.of("-pkeyopt", "ec_paramgen_curve:prime256v1"));
    }
    ExternalProgram.run(command);
  }

  /** Makes the certificate look younger by so many minutes, however quick the test is. */
  public void touch(int minutes) throws IOException {
    FileTime time = FileTime.from(Instant.now().plusSeconds(60L * minutes));
    Files.setLastModifiedTime(certificate, time);
  }

  /** The certificate that is there now. */
  public X509Certificate read() throws IOException, GeneralSecurityException {
    try (InputStream stream = Files.newInputStream(certificate)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream);
    }
  }

  /** A context that trusts {@code trusted} and nothing else. */
  public static SSLContext trusting(X509Certificate trusted)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("device", trusted);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  /** A client that trusts {@code trusted} and nothing else. */
  public static HttpClient client(X509Certificate trusted)
      throws IOException, GeneralSecurityException {
    return HttpClient.newBuilder().sslContext(trusting(trusted)).build();
  }
}
