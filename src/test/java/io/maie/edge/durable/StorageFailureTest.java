package io.maie.edge.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.testing.ScratchVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageFailureTest {
  @TempDir Path scratch;

  @Test
  void aFullDeviceIsRecognised() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");

    assertThatThrownBy(() -> Files.writeString(full, "x"))
        .isInstanceOfSatisfying(
            IOException.class,
            failure -> {
              assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.DISK_FULL);
              assertThat(StorageFailure.of(failure).code()).isEqualTo(FailureCode.DISK_FULL);
            });
  }

  @Test
  void aFileThatIsTooLargeForTheFileSystemIsRecognised() throws Exception {
    try (ScratchVolume volume = ScratchVolume.onDisk(scratch);
        FileChannel channel =
            FileChannel.open(
                volume.folder().resolve("large"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
      assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1), 17L << 30))
          .isInstanceOfSatisfying(
              IOException.class,
              failure ->
                  assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.FILE_TOO_LARGE));
    }
  }

  @Test
  void aVolumeWithoutInodesIsToldFromAFullOne() throws Exception {
    try (ScratchVolume volume = ScratchVolume.inMemory(scratch, "size=1m,nr_inodes=3")) {
      Path folder = volume.folder();
      DurableFiles.write(folder.resolve("one"), new byte[1]);
      DurableFiles.write(folder.resolve("two"), new byte[1]);

      assertThatThrownBy(() -> DurableFiles.write(folder.resolve("three"), new byte[1]))
          .isInstanceOfSatisfying(
              IOException.class,
              failure ->
                  assertThat(StorageFailure.of(failure)).isEqualTo(StorageFailure.NO_INODES));
    }
  }

  @Test
  void aMissingFileIsRecognisedBehindAnotherFailure() {
    IOException wrapped = new IOException("reading failed", new NoSuchFileException("a"));

    assertThat(StorageFailure.of(wrapped)).isEqualTo(StorageFailure.MISSING);
  }

  @Test
  void aStopIsNoFaultOfTheFileSystem() {
    assertThat(StorageFailure.explain(new ClosedByInterruptException()))
        .isEqualTo("the program stops or begins the work anew");
  }

  @ParameterizedTest
  @CsvSource({
    "Disk quota exceeded, QUOTA, DISK_FULL",
    "File too large, FILE_TOO_LARGE, FILE_SYSTEM_ERROR",
    "Read-only file system, READ_ONLY, FOLDER_UNAVAILABLE",
    "Operation not permitted, PERMISSION, PERMISSION_DENIED",
    "Input/output error, UNREADABLE, FILE_SYSTEM_ERROR",
    "Stale file handle, DISCONNECTED, FOLDER_UNAVAILABLE",
    "Invalid cross-device link, CROSS_DEVICE, FILE_SYSTEM_ERROR",
    "Something else, OTHER, FILE_SYSTEM_ERROR"
  })
  void theTextOfTheSystemIsUnderstood(String text, StorageFailure expected, FailureCode code) {
    StorageFailure found = StorageFailure.of(new FileSystemException("a", "b", text));

    assertThat(found).isEqualTo(expected);
    assertThat(found.code()).isEqualTo(code);
  }

  @Test
  void aFailureBetweenTwoFoldersNamesTheOneAtFault() throws IOException {
    Path source = scratch.resolve("work/input.wav");
    Path target = scratch.resolve("archive/a.wav");
    FileSystemException denied = between(source, target, "Permission denied");

    assertThat(StorageFailure.explain(denied)).endsWith("missing: '" + target + "'");
    assertThat(StorageFailure.explain(between(source, target, "No space left on device")))
        .endsWith("full: '" + target + "'");

    Files.createDirectory(target.getParent());
    assertThat(StorageFailure.explain(denied)).endsWith("missing: '" + source + "'");
  }

  private static FileSystemException between(Path source, Path target, String reason) {
    return new FileSystemException(source.toString(), target.toString(), reason);
  }

  @Test
  void messagesForPeopleNameThePlaceButNoTemporaryFile() {
    FileSystemException full =
        new FileSystemException("/srv/outbox/.maie-1.tmp", null, "No space left on device");

    assertThat(StorageFailure.explain(full)).isEqualTo("the disk is full: '/srv/outbox'");
    assertThat(StorageFailure.explain(new AccessDeniedException("/srv/outbox/a")))
        .isEqualTo("the permission is missing: '/srv/outbox/a'");
    assertThat(StorageFailure.explain(new IOException("No space left on device")))
        .isEqualTo("the disk is full");
    assertThat(StorageFailure.explain(new IOException("a strange thing")))
        .isEqualTo("the file system reports an error: a strange thing");
  }
}
