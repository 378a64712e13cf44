package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.testing.DiskRecorder;
import io.maie.edge.testing.OtherFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicationTest {
  @TempDir Path folder;

  @Test
  void aFreeNameIsTaken() throws IOException {
    Path finished = finished("new");

    Path published = Publication.publish(finished, folder, new NameSeries("talk.wav", ".json"));

    assertThat(published).isEqualTo(folder.resolve("talk.wav.json")).hasContent("new");
    assertThat(finished).doesNotExist();
  }

  @Test
  void anExistingNameIsNeverOverwritten() throws IOException {
    Files.writeString(folder.resolve("talk.wav.json"), "old");
    Files.createDirectory(folder.resolve("talk.wav~2.json"));

    Path published =
        Publication.publish(finished("new"), folder, new NameSeries("talk.wav", ".json"));

    assertThat(folder.resolve("talk.wav.json")).hasContent("old");
    assertThat(published).isEqualTo(folder.resolve("talk.wav~3.json"));
  }

  @Test
  void aDanglingLinkKeepsItsName() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.json"), Path.of("/nowhere/at/all"));

    assertThat(Publication.publishIfFree(finished("new"), link)).isFalse();
    assertThat(link).isSymbolicLink();
  }

  @Test
  void aPublicationCutOffAfterTheLinkIsCompleted() throws IOException {
    Path finished = finished("new");
    Path target = Files.createLink(folder.resolve("a.json"), finished);

    assertThat(Publication.publishIfFree(finished, target)).isTrue();
    assertThat(finished).doesNotExist();
    assertThat(target).hasContent("new");
  }

  @Test
  void writersAtTheSameInstantGetDistinctNames() throws Exception {
    int writers = 16;
    CountDownLatch gate = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    List<Future<Path>> results = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      Path finished = finished("content " + i);
      results.add(
          pool.submit(
              () -> {
                gate.await();
                return Publication.publish(finished, folder, new NameSeries("a", ".json"));
              }));
    }

    gate.countDown();
    Set<Path> names = new TreeSet<>();
    for (Future<Path> result : results) {
      names.add(result.get());
    }
    pool.shutdown();

    assertThat(names).hasSize(writers);
    assertThat(folder.resolve("a~16.json")).exists();
  }

  @Test
  void anotherFileSystemIsReportedDistinctly() throws IOException {
    Path there = OtherFileSystem.folder();
    try {
      Path finished = finished("new");

      assertThatThrownBy(() -> Publication.shareIfFree(finished, there.resolve("a.json")))
          .isInstanceOf(AtomicMoveNotSupportedException.class);
      assertThatThrownBy(() -> Publication.publishIfFree(finished, there.resolve("a.json")))
          .isInstanceOf(AtomicMoveNotSupportedException.class)
          .satisfies(
              failure ->
                  assertThat(StorageFailure.of((IOException) failure))
                      .isEqualTo(StorageFailure.CROSS_DEVICE));
      assertThat(finished).exists();
    } finally {
      OtherFileSystem.delete(there);
    }
  }

  @Test
  void aMoveToAnotherFileSystemIsACopyThatIsCompletedWhenCutOff() throws IOException {
    Path there = OtherFileSystem.folder();
    try {
      Path source = Files.writeString(folder.resolve("a.wav"), "sound");
      Path target = there.resolve("a.wav");
      assertThat(Publication.moveIfFree(source, target)).isTrue();
      assertThat(target).hasContent("sound");
      assertThat(source).doesNotExist();

      Files.writeString(source, "sound");
      assertThat(Publication.isFreeFor(source, target)).isTrue();
      assertThat(Publication.moveIfFree(source, target)).isTrue();
      assertThat(source).doesNotExist();

      Files.writeString(source, "other");
      assertThat(Publication.moveIfFree(source, target)).isFalse();
      assertThat(source).hasContent("other");
    } finally {
      OtherFileSystem.delete(there);
    }
  }

  @Test
  void aSharedFileHasTwoNamesAndIsOpenToTheGroup() throws IOException {
    Path file = Files.writeString(folder.resolve("result.json"), "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Path target = Files.createDirectory(folder.resolve("outbox")).resolve("a.json");

    assertThat(Publication.shareIfFree(file, target)).isTrue();
    assertThat(Publication.shareIfFree(file, target)).isFalse();

    assertThat(Files.isSameFile(file, target)).isTrue();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-rw-r--");
  }

  /** An observer in between finds it in one place. */
  @Test
  void aMoveOverwritesNothingAndIsOneStep() throws IOException {
    Path source = Files.writeString(folder.resolve("a.wav"), "sound");
    Path archive = Files.createDirectory(folder.resolve("archive"));
    Path taken = Files.writeString(archive.resolve("a.wav"), "other");

    assertThat(Publication.moveOutIfFree(source, taken)).isFalse();
    try (DiskRecorder recorder = new DiskRecorder()) {
      assertThat(Publication.moveOutIfFree(source, archive.resolve("a~2.wav"))).isTrue();
      assertThat(recorder.calls())
          .extracting(DiskRecorder.Told::call)
          .containsExactly(Disk.Call.RENAME, Disk.Call.FLUSH_FOLDER);
    }

    assertThat(taken).hasContent("other");
    assertThat(archive.resolve("a~2.wav")).hasContent("sound");
    assertThat(source).doesNotExist();
  }

  @Test
  void aMovedFileIsOpenToTheGroupOfItsFolder() throws IOException {
    Path source = Files.writeString(folder.resolve("a.wav"), "sound");
    Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rw-------"));
    Path target = Files.createDirectory(folder.resolve("archive")).resolve("a.wav");

    Publication.moveIfFree(source, target);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-rw-r--");
    assertThat(Files.getAttribute(target, "unix:gid"))
        .isEqualTo(Files.getAttribute(target.getParent(), "unix:gid"));
  }

  private Path finished(String content) throws IOException {
    return DurableFiles.writeTemporary(folder, content.getBytes(StandardCharsets.UTF_8));
  }
}
