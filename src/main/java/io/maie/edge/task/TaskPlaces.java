package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.RecordingFolder;

/** Where recordings come from and go to. */
public record TaskPlaces(
    Inbox inbox, Outbox outbox, RecordingFolder archive, RecordingFolder failed, History history) {

  public TaskPlaces {
    requireNonNull(inbox, "inbox is null");
    requireNonNull(outbox, "outbox is null");
    requireNonNull(archive, "archive is null");
    requireNonNull(failed, "failed is null");
    requireNonNull(history, "history is null");
  }
}
