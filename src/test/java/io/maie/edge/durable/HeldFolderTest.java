package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HeldFolderTest {
  @TempDir private Path home;
  private Path root;
  private Path deep;

  @BeforeEach
  void prepare() throws IOException {
    root = Files.createDirectory(home.resolve("root"));
    deep = Files.createDirectories(root.resolve("a/b c"));
  }

  @Test
  void filesAreMadeInTheHeldFolderAlthoughALinkHasItsName() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    try (HeldFolder held = HeldFolder.below(root, deep)) {
      Files.move(root.resolve("a"), home.resolve("moved"));
      Files.createSymbolicLink(root.resolve("a"), outside);
      Files.createDirectory(outside.resolve("b c"));

      held.run(folder -> Files.writeString(folder.resolve("x"), "content"));
    }

    assertThat(home.resolve("moved/b c/x")).hasContent("content");
    assertThat(outside.resolve("b c")).isEmptyDirectory();
  }

  @Test
  void theRootMayBeALinkAndNothingBelowIt() throws IOException {
    Path other = Files.createSymbolicLink(home.resolve("other"), root);
    Path linked = Files.createSymbolicLink(root.resolve("linked"), deep);
    Files.writeString(deep.resolve("x"), "content");

    try (HeldFolder held = HeldFolder.below(other, other.resolve("a/b c"))) {
      assertThat(held.path().resolve("x")).hasContent("content");
    }
    assertThatThrownBy(() -> HeldFolder.below(root, linked))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContaining("expected a folder, found a file or a link");
    assertThatThrownBy(() -> HeldFolder.below(root, linked.resolve("deeper")))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContaining(linked.toString());
  }

  @Test
  void aPathOutsideTheRootIsRefused() {
    assertThatThrownBy(() -> HeldFolder.below(root, root.resolve("../elsewhere")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("expected a folder below");
    assertThatThrownBy(() -> HeldFolder.below(root, root.resolve("missing")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(root.resolve("missing").toString());
  }

  @Test
  void failuresNameFilesAsPeopleKnowThem() throws IOException {
    try (HeldFolder held = HeldFolder.below(root, deep)) {
      assertThatThrownBy(() -> held.run(folder -> Files.readString(folder.resolve("gone"))))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessage(deep.resolve("gone").toString());
      assertThatThrownBy(() -> held.run(folder -> Files.createDirectory(folder.resolve("."))))
          .isInstanceOf(FileAlreadyExistsException.class)
          .hasMessageStartingWith(deep.toString());
      assertThatThrownBy(
              () ->
                  held.run(
                      folder -> {
                        throw new AccessDeniedException(folder.resolve("x").toString());
                      }))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(deep.resolve("x").toString());
    }
  }

  @Test
  void textOfAFailureNamesFilesAsPeopleKnowThem() throws IOException {
    try (HeldFolder held = HeldFolder.below(root, deep)) {
      assertThatThrownBy(
              () ->
                  held.run(
                      folder -> {
                        throw new IOException(
                            "expected two lines in '" + folder.resolve("x") + "'");
                      }))
          .hasMessage("expected two lines in '" + deep.resolve("x") + "'");
    }
  }

  @Test
  void aPathThroughAHeldFolderHasItsNameInTheTrace() throws IOException {
    try (HeldFolder held = HeldFolder.below(root, deep)) {
      assertThat(HeldFolder.named(held.path().resolve("x")))
          .isEqualTo(deep.toRealPath().resolve("x"));
    }
    assertThat(HeldFolder.named(deep)).isEqualTo(deep);
  }
}
