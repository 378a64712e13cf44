package io.maie.edge.onnx.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WireFileTest {
  /** The tag of field 1 with bytes in it. */
  private static final int TAG = 0x0A;

  @TempDir private Path folder;

  @Test
  void aTextIsRead() throws IOException {
    try (WireFile file = WireFile.open(file(3))) {
      assertThat(file.text(file.fields().get(0))).hasSize(3);
    }
  }

  @Test
  void aTextAsLargeAsTheHeapIsRefused() throws IOException {
    try (WireFile file = WireFile.open(file(1L << 30))) {
      WireField text = file.fields().get(0);

      assertThat(text.length()).isEqualTo(1L << 30);
      assertThatThrownBy(() -> file.text(text)).isInstanceOf(IOException.class);
    }
  }

  /** One field with so many zeros, which take no room on the disk. */
  private Path file(long length) throws IOException {
    Path path = folder.resolve("message");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(TAG);
      long left = length;
      while (left > 0x7f) {
        file.write((int) (left & 0x7f) | 0x80);
        left >>>= 7;
      }
      file.write((int) left);
      file.setLength(file.getFilePointer() + length);
    }
    return path;
  }
}
