package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.SignatureScan;
import io.maie.edge.durable.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads a file once, in a thread of its own, for its SHA-256 and for the recordings that it may
 * hold. Closing it ends the thread.
 */
final class SourceChecksum implements AutoCloseable {
  private static final int BLOCK_BYTES = 128 * 1024;

  private final ExecutorService thread = Executors.newSingleThreadExecutor(SourceChecksum::thread);
  private final Path file;
  private final AtomicLong bytes = new AtomicLong();
  private final SignatureScan scan = new SignatureScan();
  private final Future<String> hex;

  private SourceChecksum(Path file) {
    this.file = file;
    this.hex = thread.submit(this::read);
  }

  /** Begins to read {@code file}. */
  static SourceChecksum start(Path file) {
    return new SourceChecksum(file);
  }

  /** Comes when the file was read: 64 lower-case hexadecimal digits. */
  Future<String> hex() {
    return hex;
  }

  private String read() throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      int read = in.read(block);
      while (read >= 0) {
        digest.update(block, 0, read);
        scan.accept(block, read);
        bytes.addAndGet(read);
        read = in.read(block);
      }
    }
    return Sha256.hex(digest);
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes.get();
  }

  /** Findings of the scan; valid once the file was read. */
  SignatureScan scan() {
    return scan;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "decode-checksum");
    thread.setDaemon(true);
    return thread;
  }
}
