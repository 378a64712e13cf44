package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaleLibrariesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  @TempDir Path folder;

  @Test
  void onlyOldFoldersOfUnpackedLibrariesAreRemoved() throws Exception {
    Path old = unpacked("onnxruntime-java1", Duration.ofHours(2));
    Path young = unpacked("onnxruntime-java2", Duration.ofMinutes(2));
    Path other = unpacked("something-else", Duration.ofHours(2));

    assertThat(StaleLibraries.purge(folder, NOW)).isEqualTo(1);

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(other).exists();
  }

  private Path unpacked(String name, Duration age) throws Exception {
    Path unpacked = Files.createDirectory(folder.resolve(name));
    Files.writeString(unpacked.resolve("library.so"), "x");
    Files.setLastModifiedTime(unpacked, FileTime.from(NOW.minus(age)));
    return unpacked;
  }
}
