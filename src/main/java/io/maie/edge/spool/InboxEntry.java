package io.maie.edge.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * One thing in the inbox, and why it is there.
 *
 * @param path its path
 * @param name its path below the inbox, printable on one line
 * @param state a word for machines
 * @param reason a sentence for people that says what it waits for or what to do
 * @param bytes size; 0 for what is not a file
 * @param waiting since it was first seen
 * @param priority higher goes first
 */
public record InboxEntry(
    Path path,
    String name,
    EntryState state,
    String reason,
    long bytes,
    Duration waiting,
    int priority) {}
