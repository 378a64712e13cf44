package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageFailureTest {
  @Test
  void aFullDeviceIsRecognised() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");

    assertThatThrownBy(() -> Files.writeString(full, "x"))
        .isInstanceOfSatisfying(
            IOException.class,
            failure -> {
              assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.DISK_FULL);
              assertThat(StorageFailure.of(failure).isLackOfSpace()).isTrue();
            });
  }

  @Test
  void aMissingFileIsRecognisedBehindAnotherFailure() {
    IOException wrapped = new IOException("reading failed", new NoSuchFileException("a"));

    assertThat(StorageFailure.of(wrapped)).isEqualTo(StorageFailure.MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "Disk quota exceeded, QUOTA",
    "File too large, FILE_TOO_LARGE",
    "Read-only file system, READ_ONLY",
    "Operation not permitted, PERMISSION",
    "Input/output error, UNREADABLE",
    "Stale file handle, DISCONNECTED",
    "Invalid cross-device link, CROSS_DEVICE",
    "Something else, OTHER"
  })
  void theTextOfTheSystemIsUnderstood(String text, StorageFailure expected) {
    assertThat(StorageFailure.of(new FileSystemException("a", "b", text))).isEqualTo(expected);
  }
}
