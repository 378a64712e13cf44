package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurableFilesTest {
  @TempDir Path folder;

  @Test
  void writingReplacesAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("täsk.json");

    DurableFiles.writeAtomically(file, bytes("old"));
    DurableFiles.writeAtomically(file, bytes("new"));
    DurableFiles.replaceWithoutFlush(file, bytes("newer"));

    assertThat(file).hasContent("newer");
    assertThat(names()).containsExactly("täsk.json");
  }

  @Test
  void aReaderNeverSeesAPart() throws Exception {
    Path file = folder.resolve("status.json");
    byte[] first = "a".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    byte[] second = "b".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    DurableFiles.writeAtomically(file, first);
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; i < 200; i++) {
                write(file, i % 2 == 0 ? second : first);
              }
            },
            "writer");

    writer.start();
    while (writer.isAlive()) {
      assertThat(Files.readAllBytes(file)).isIn(first, second);
    }
    writer.join();
  }

  private static void write(Path file, byte[] content) {
    try {
      DurableFiles.replaceWithoutFlush(file, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void writtenFilesAreOpenToTheGroup() throws IOException {
    Path file = folder.resolve("a.json");

    DurableFiles.writeAtomically(file, bytes("x"));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-r--");
  }

  @Test
  void aWriteThatFailsLeavesTheOldContentAndNoTemporary() throws IOException {
    Path target = Files.createDirectory(folder.resolve("taken"));
    Files.createFile(target.resolve("inside"));

    assertThatThrownBy(() -> DurableFiles.writeAtomically(target, bytes("x")))
        .isInstanceOf(FileSystemException.class);

    assertThat(names()).containsExactly("taken");
  }

  @Test
  void aTornLastLineIsClosedBeforeTheNextOne() throws IOException {
    Path log = folder.resolve("history.jsonl");
    DurableFiles.append(log, bytes("{\"a\":1}\n"));
    Files.writeString(log, "{\"b\":", java.nio.file.StandardOpenOption.APPEND);

    DurableFiles.append(log, bytes("{\"c\":3}\n"));

    assertThat(Files.readAllLines(log)).containsExactly("{\"a\":1}", "{\"b\":", "{\"c\":3}");
  }

  @Test
  void appendingDoesNotFollowALink() throws IOException {
    Path outside = Files.writeString(folder.resolve("outside"), "mine\n");
    Path link = Files.createSymbolicLink(folder.resolve("history.jsonl"), outside);

    assertThatThrownBy(() -> DurableFiles.append(link, bytes("x\n")))
        .isInstanceOf(IOException.class);
    assertThat(outside).hasContent("mine\n");
  }

  @Test
  void foldersAreCreatedForTheGroup() throws IOException {
    Path deep = folder.resolve("a/b/ü");

    DurableFiles.createDirectories(deep);

    assertThat((Integer) Files.getAttribute(deep, "unix:mode") & 07777).isEqualTo(02775);
  }

  @Test
  void foldersAreNotCreatedThroughALink() throws IOException {
    Path outside = Files.createDirectory(folder.resolve("outside"));
    Path root = Files.createDirectory(folder.resolve("outbox"));
    Files.createSymbolicLink(root.resolve("sub"), outside);

    assertThatThrownBy(() -> DurableFiles.createDirectoriesBelow(root, Path.of("sub/more")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("found a file or a link");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void onlyOurOwnTemporariesAreRemoved() throws IOException {
    Files.createFile(DurableFiles.temporaryIn(folder));
    Files.createFile(folder.resolve("other.tmp"));
    Files.createFile(folder.resolve(".maie-inbox"));

    assertThat(DurableFiles.removeLeftovers(folder)).isEqualTo(1);
    assertThat(names()).containsExactly(".maie-inbox", "other.tmp");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
