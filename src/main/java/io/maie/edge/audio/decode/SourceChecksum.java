package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.SignatureScan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    MessageDigest digest = sha256();
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
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Bytes read so far. */
  long bytes() {
    return bytes.get();
  }

  /** Findings of the scan; valid once this has returned. */
  SignatureScan scan() {
    return scan;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
