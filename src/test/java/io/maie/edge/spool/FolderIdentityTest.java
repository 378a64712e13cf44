package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.durable.NameProbe;
import io.maie.edge.testing.OtherFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is mounted at the outbox: a link to another file system stands for it. */
final class FolderIdentityTest {
  private static final String MARKER = ".maie-folder";

  @TempDir private Path home;
  private Path disk;
  private Path outbox;
  private Path below;

  @BeforeEach
  void mount() throws IOException {
    home = home.toRealPath();
    disk = OtherFileSystem.folder();
    Files.createDirectory(home.resolve("state"));
    below = Files.createDirectory(home.resolve("below"));
    outbox = Files.createSymbolicLink(home.resolve("outbox"), disk);
    mounted("/", disk.toRealPath().toString());
  }

  @AfterEach
  void delete() throws IOException {
    OtherFileSystem.delete(disk);
  }

  @Test
  void aMountPointWithoutItsDiskIsNeverWrittenTo() throws IOException {
    FolderIdentity identity = identity();
    assertThat(identity.check()).isEmpty();
    unmount();
    Path document = Files.writeString(home.resolve("a"), "text");
    Outbox published = new Outbox(identity);
    RecordingFolder archived = new RecordingFolder(identity);

    assertThatThrownBy(
            () -> published.publish(Path.of("a.wav"), List.of(new Output(".txt", document))))
        .isInstanceOf(FolderReplacedException.class)
        .hasMessageContaining("another file system");
    assertThatThrownBy(() -> archived.put(document, Path.of("a.wav"), List.of()))
        .isInstanceOf(FolderReplacedException.class);
    assertThat(below).isEmptyDirectory();
    assertThat(identity.check().orElseThrow().hint()).contains(MARKER);
  }

  @Test
  void aDiskThatIsMountedAgainIsKnownByItsMarker() throws IOException {
    FolderIdentity identity = identity();
    identity.check();
    unmount();
    identity.check();
    mountAgain();

    assertThat(identity.check()).isEmpty();
    identity.require();
  }

  @Test
  void aStartWithoutTheDiskIsNoticed() throws IOException {
    identity().check();
    unmount();

    assertThat(identity().check().orElseThrow().message()).contains("another file system");
    assertThat(identity().look()).isPresent();
    assertThat(below).isEmptyDirectory();
    mountAgain();
    assertThat(identity().check()).isEmpty();
  }

  @Test
  void theMarkerOfAnotherFolderDoesNotCount() throws IOException {
    identity().check();
    unmount();
    Files.writeString(below.resolve(MARKER), "of somebody else");

    assertThat(identity().check()).isPresent();
  }

  @Test
  void anEmptyMarkerSaysThatTheFolderIsMeant() throws IOException {
    identity().check();
    unmount();
    Files.createFile(below.resolve(MARKER));

    assertThat(identity().check()).isEmpty();
  }

  @Test
  void aFirstStartWithoutADiskThatTheSystemMountsIsNoticed() throws IOException {
    mountAgain();
    mounted("/");
    Files.writeString(
        home.resolve("fstab"),
        "# disks\nUUID=1 " + escaped(disk.toRealPath().toString()) + " ext4 nofail 0 2\n");

    assertThat(identity().check().orElseThrow().message())
        .contains("expected a disk at '" + disk.toRealPath() + "'");
  }

  @Test
  void aDiskWithAUnitOfTheServiceManagerIsExpected() throws IOException {
    mounted("/");
    Path wants = Files.createDirectories(home.resolve("units/local-fs.target.wants"));
    Files.writeString(wants.resolve("x.mount"), "[Mount]\nWhere=" + disk.toRealPath() + "\n");

    assertThat(table().missing(disk.resolve("sub"))).contains(disk.toRealPath());
  }

  @Test
  void aDiskThatIsMountedByHandIsNotExpected() throws IOException {
    Files.writeString(home.resolve("fstab"), "UUID=3 /media/stick vfat noauto,user 0 0\n");

    assertThat(table().missing(Path.of("/media/stick/inbox"))).isEmpty();
  }

  @Test
  void blanksInNamesOfDisksAreRead() throws IOException {
    Files.writeString(home.resolve("fstab"), "UUID=2 /mnt/my\\040disk ext4 defaults 0 2\n");

    assertThat(table().missing(Path.of("/mnt/my disk/a"))).contains(Path.of("/mnt/my disk"));
    assertThat(table().missing(Path.of("/mnt/my disk 2"))).isEmpty();
  }

  @Test
  void aFolderThatNeedsADiskIsNotUsedWithoutOneFromTheFirstStart() throws IOException {
    KnownFolders strict =
        new KnownFolders(home.resolve("state"), table(), NameProbe::rules, Set.of("outbox"));
    unmount();
    FolderIdentity identity = strict.output("outbox", outbox);

    assertThat(identity.check().orElseThrow().message()).contains("on a disk of its own");
    assertThat(below).isEmptyDirectory();
    assertThat(strict.output("failed", below).check()).isEmpty();

    mountAgain();
    assertThat(identity.check()).isEmpty();
  }

  @Test
  void aFolderThatWasMadeAnewIsUsed() throws IOException {
    Path archive = Files.createDirectory(home.resolve("archive"));
    FolderIdentity identity = known().output("archive", archive);
    identity.check();
    Files.delete(archive);
    Files.createDirectory(archive);

    identity.require();
    assertThat(identity.check()).isEmpty();
    assertThat(archive).isEmptyDirectory();
  }

  @Test
  void aDamagedMemoryAcceptsEveryFolder() throws IOException {
    identity().check();
    unmount();
    Files.writeString(home.resolve("state/folders"), "outbox\tno uri\n");

    assertThat(identity().check()).isEmpty();
  }

  private void unmount() throws IOException {
    Files.delete(outbox);
    Files.createSymbolicLink(outbox, below);
    mounted("/");
  }

  private void mountAgain() throws IOException {
    Files.delete(outbox);
    Files.createSymbolicLink(outbox, disk);
    mounted("/", disk.toRealPath().toString());
  }

  private void mounted(String... points) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String point : points) {
      lines
          .append("36 35 98:0 / ")
          .append(escaped(point))
          .append(" rw,noatime - ext4 /dev/root rw\n");
    }
    Files.writeString(home.resolve("mountinfo"), lines);
  }

  private static String escaped(String path) {
    return path.replace(" ", "\\040");
  }

  private MountTable table() {
    return new MountTable(home.resolve("mountinfo"), home.resolve("fstab"), home.resolve("units"));
  }

  private KnownFolders known() {
    return new KnownFolders(home.resolve("state"), table(), NameProbe::rules);
  }

  private FolderIdentity identity() {
    return known().output("outbox", outbox);
  }
}
