package io.maie.edge.app;

import io.maie.edge.config.FolderSettings;
import io.maie.edge.spool.FolderIdentity;
import io.maie.edge.spool.KnownFolders;
import java.util.List;

/** The folders of the spool with their identities, which writers and checks share. */
record SpoolFolders(
    FolderIdentity inbox,
    FolderIdentity outbox,
    FolderIdentity failed,
    FolderIdentity archive,
    FolderIdentity work,
    FolderIdentity state) {

  static SpoolFolders of(FolderSettings folders) {
    KnownFolders known = KnownFolders.of(folders.state(), folders.onDisks());
    return new SpoolFolders(
        known.inbox(folders.inbox()),
        known.output("outbox", folders.outbox()),
        known.output("failed", folders.failed()),
        known.output("archive", folders.archive()),
        known.output("work", folders.work()),
        known.output("state", folders.state()));
  }

  List<FolderIdentity> all() {
    return List.of(inbox, outbox, failed, archive, work, state);
  }
}
