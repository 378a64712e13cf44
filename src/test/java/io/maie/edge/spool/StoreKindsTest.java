package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ManualTicker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreKindsTest {

  @ParameterizedTest
  @ValueSource(strings = {"nfs4", "cifs", "SMB3", "fuse.sshfs", "9p"})
  void otherMachinesWriteToNetworkFileSystems(String type) {
    assertThat(StoreKinds.isLocalType(type)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "btrfs", "exfat", "fuseblk", "tmpfs", "overlay"})
  void onlyThisMachineWritesToItsDisks(String type) {
    assertThat(StoreKinds.isLocalType(type)).isTrue();
  }

  @Test
  void aNewFolderMayBeMountedLater(@TempDir Path home) throws Exception {
    Inbox inbox =
        new Inbox(
            InboxOptions.of(home.resolve("gone")), ArrivalChecks.disabled(), new ManualTicker());

    assertThat(inbox.isLocal()).as("while it is gone").isFalse();
    Files.createDirectory(home.resolve("gone"));
    assertThat(inbox.isLocal()).as("on the disk of this machine").isTrue();
  }
}
