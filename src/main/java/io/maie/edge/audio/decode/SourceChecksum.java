package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.SignatureScan;
import io.maie.edge.durable.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/** Reads a file once for its SHA-256, and for the recordings that it may hold. */
final class SourceChecksum implements Callable<String> {
  private static final int BLOCK_BYTES = 128 * 1024;

  private final Path file;
  private final AtomicLong bytes = new AtomicLong();
  private final SignatureScan scan = new SignatureScan();

  SourceChecksum(Path file) {
    this.file = file;
  }

  /** 64 lower-case hexadecimal digits. */
  @Override
  public String call() throws IOException {
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

  /** Findings of the scan; valid once this has returned. */
  SignatureScan scan() {
    return scan;
  }
}
