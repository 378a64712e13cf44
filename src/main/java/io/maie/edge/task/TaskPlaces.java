package io.maie.edge.task;

import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.RecordingFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Places that recordings come from and go to. */
public record TaskPlaces(
    Inbox inbox,
    Outbox outbox,
    RecordingFolder archive,
    RecordingFolder failed,
    History history,
    StoredResults stored,
    FinishedNotes notes) {

  /** Returns whether each of them is a folder that can be written. */
  boolean areUsable() {
    boolean canGiveBack = inbox.keepsRecordings() || isUsable(inbox.folder());
    return canGiveBack
        && Stream.of(outbox.folder(), archive.folder(), failed.folder(), history.folder())
            .allMatch(TaskPlaces::isUsable);
  }

  private static boolean isUsable(Path folder) {
    return Files.isDirectory(folder) && Files.isWritable(folder);
  }
}
