package io.maie.edge.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate of the server, read again when somebody renews it. */
final class RenewedTls {
  private static final Logger LOG = LoggerFactory.getLogger(RenewedTls.class);
  private static final long LOOK_SECONDS = 60;

  private final TlsFiles files;
  private final String password = Secrets.next();
  private final SslContextFactory.Server factory = new SslContextFactory.Server();

  /** The times at which the files in use were written. */
  private List<FileTime> times;

  private RenewedTls(TlsFiles files) throws IOException {
    this.files = files;
    this.times = written();
    use(PemIdentity.read(files, password));
  }

  /**
   * Reads the files.
   *
   * @throws IOException if they cannot be used
   */
  static RenewedTls of(TlsFiles files) throws IOException {
    return new RenewedTls(files);
  }

  private void use(KeyStore store) {
    factory.setKeyStore(store);
    factory.setKeyStorePassword(password);
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /** Looks at the files once a minute from now on. */
  void watch(Scheduler scheduler) {
    Rounds.every(LOOK_SECONDS, scheduler, this::look);
  }

  /** Takes the files if they have changed; those that cannot be used are left alone. */
  synchronized void look() {
    try {
      List<FileTime> now = written();
      if (now.equals(times)) {
        return;
      }
      KeyStore store = PemIdentity.read(files, password);
      FutureTask<Boolean> reload =
          new FutureTask<>(
              () -> {
                factory.reload(known -> use(store));
                return true;
              });
      reload.run();
      boolean isDone = reload.get();
      times = now;
      LOG.info("Uses the renewed certificate; file='{}' done={}", files.certificate(), isDone);
    } catch (IOException | ExecutionException e) {
      LOG.warn("Kept the certificate, as the new files cannot be used: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<FileTime> written() throws IOException {
    return List.of(time(files.certificate()), time(files.key()));
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }
}
