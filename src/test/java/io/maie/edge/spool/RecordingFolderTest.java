package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.OtherFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingFolderTest {
  @TempDir Path home;
  private Path folder;
  private Path work;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("failed földer"));
    work = Files.createDirectory(home.resolve("work"));
  }

  @Test
  void aRecordingKeepsItsNameAndCompanionsStandBesideIt() throws IOException {
    Path there =
        new RecordingFolder(folder).put(recording("a"), Path.of("sub/talk.wav"), companions("x"));

    assertThat(there).isEqualTo(folder.resolve("sub/talk.wav")).hasContent("sound a");
    assertThat(folder.resolve("sub/talk.wav.error.json")).hasContent("error x");
  }

  @Test
  void filesAreNeverOverwrittenAndKeepTheirNamesTogether() throws IOException {
    RecordingFolder failed = new RecordingFolder(folder);
    failed.put(recording("a"), Path.of("talk.wav"), companions("x"));
    Files.delete(folder.resolve("talk.wav"));

    Path second = failed.put(recording("b"), Path.of("talk.wav"), companions("y"));

    assertThat(second).isEqualTo(folder.resolve("talk~2.wav"));
    assertThat(names())
        .containsExactly("talk.wav.error.json", "talk~2.wav", "talk~2.wav.error.json");
    assertThat(folder.resolve("talk.wav.error.json")).hasContent("error x");
  }

  @Test
  void equalRecordingsAreBothKept() throws IOException {
    RecordingFolder archive = new RecordingFolder(folder);
    archive.put(recording("same"), Path.of("talk.wav"), List.of());
    archive.put(recording("same"), Path.of("talk.wav"), List.of());

    assertThat(names()).containsExactly("talk.wav", "talk~2.wav");
  }

  @Test
  void aMoveThatWasCutOffIsCompleted() throws IOException {
    RecordingFolder failed = new RecordingFolder(folder);
    Path recording = recording("a");
    Files.createDirectories(folder);
    Files.createLink(folder.resolve("talk.wav"), recording);
    Files.writeString(folder.resolve("talk.wav.error.json"), "error x");

    Path there = failed.put(recording, Path.of("talk.wav"), companions("x"));

    assertThat(there).isEqualTo(folder.resolve("talk.wav"));
    assertThat(names()).containsExactly("talk.wav", "talk.wav.error.json");
    assertThat(recording).doesNotExist();
  }

  @Test
  void aFolderOnAnotherFileSystemReceivesAVerifiedCopy() throws IOException {
    Path there = OtherFileSystem.folder();
    try {
      Path recording = recording("a");

      Path moved = new RecordingFolder(there).put(recording, Path.of("a.wav"), companions("x"));

      assertThat(moved).hasContent("sound a");
      assertThat(recording).doesNotExist();
    } finally {
      OtherFileSystem.delete(there);
    }
  }

  private Path recording(String content) throws IOException {
    return Files.writeString(work.resolve("input"), "sound " + content);
  }

  private List<Output> companions(String content) throws IOException {
    // a file of its own, since what was shared with a folder may not be written to again
    Files.deleteIfExists(work.resolve("error.json"));
    Path file = Files.writeString(work.resolve("error.json"), "error " + content);
    return List.of(new Output(".error.json", file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
