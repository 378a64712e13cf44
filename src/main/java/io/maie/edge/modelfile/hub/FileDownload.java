package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Downloads one file.
 *
 * <p>File contract: what has come lies in the part, which only grows while the connection holds; a
 * later attempt, or a later run of the program, continues behind it. The part may hold anything
 * after a crash: only its checksum, computed again from the disk, tells if it is the file. A part
 * that turns out wrong is emptied, once.
 */
final class FileDownload {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final Pattern RANGE = Pattern.compile("bytes ([0-9]{1,18})-[0-9]+/([0-9]+|\\*)");

  private final HubSession session;
  private final URI address;
  private final HubFile file;
  private final LongConsumer reached;
  private final Retries retries;

  /** True if the part holds what came in more than one piece, here or in an earlier run. */
  private boolean isPieced;

  /**
   * A download.
   *
   * @param reached told how many bytes of the file are there
   */
  FileDownload(HubSession session, URI address, HubFile file, LongConsumer reached) {
    this.session = requireNonNull(session, "session is null");
    this.address = requireNonNull(address, "address is null");
    this.file = requireNonNull(file, "file is null");
    this.reached = requireNonNull(reached, "reached is null");
    this.retries = session.retries();
  }

  /**
   * Completes {@code part}; it is flushed then, and the file that the hub declares.
   *
   * @throws HubException also if it is another file; the part is empty then
   */
  void completeInto(Path part) throws IOException, InterruptedException {
    try (FileChannel channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      isPieced = channel.size() > 0;
      try {
        complete(channel);
        return;
      } catch (HubException e) {
        if (e.kind() != HubException.Kind.DAMAGED) {
          throw e;
        }
        channel.truncate(0);
        if (!isPieced) {
          throw e;
        }
      }
      // the pieces may not have been of the same file
      complete(channel);
    }
  }

  private void complete(FileChannel part) throws IOException, InterruptedException {
    while (true) {
      FileDigest digest = new FileDigest(file);
      digest.addAll(part);
      long before = digest.bytes();
      try {
        if (before < file.bytes() || part.size() > file.bytes()) {
          digest = transfer(part, digest);
        }
        part.force(true);
        digest.requireDeclared();
        return;
      } catch (ConnectionBrokenException e) {
        retries.pauseAfter(e, part.size() - before);
      }
    }
  }

  /**
   * Asks for the missing rest; returns the digest to continue with, since the server may begin
   * anew.
   */
  private FileDigest transfer(FileChannel part, FileDigest digest)
      throws IOException, InterruptedException {
    boolean isTooLong = part.size() > file.bytes();
    long from = isTooLong ? 0 : digest.bytes();
    try (HubAnswer answer = session.connection().get(address, from)) {
      if (answer.status() == 416) {
        part.truncate(0);
        throw new ConnectionBrokenException("'%s' cannot be continued".formatted(file.path()));
      }
      answer.requireSuccess("'" + file.path() + "'");
      boolean goesOn = answer.status() == 206 && from > 0;
      isPieced |= goesOn;
      FileDigest current = goesOn ? digest : new FileDigest(file);
      requireDeclaredSize(answer, current.bytes());
      part.truncate(current.bytes());
      copy(answer.body(), part, current);
      return current;
    }
  }

  /** Refuses an answer whose size does not fit the listing, before anything is read. */
  private void requireDeclaredSize(HubAnswer answer, long from) throws HubException {
    Matcher range = RANGE.matcher(answer.header("Content-Range").orElse(""));
    if (answer.status() == 206) {
      boolean fits =
          range.matches()
              && Long.parseLong(range.group(1)) == from
              && Set.of("*", String.valueOf(file.bytes())).contains(range.group(2));
      if (!fits) {
        throw otherSize(answer.header("Content-Range").orElse("no Content-Range"));
      }
    }
    long announced = answer.announcedBytes().orElse(file.bytes() - from);
    if (announced != file.bytes() - from) {
      throw otherSize(from + announced + " bytes");
    }
  }

  private HubException otherSize(String found) {
    return new HubException(
        HubException.Kind.DAMAGED,
        "Expected %d bytes as the hub lists them, found %s: '%s'"
            .formatted(file.bytes(), found, file.path()),
        "Run the command again; if it fails again, the hub or something on the way to it is"
            + " broken");
  }

  private void copy(InputStream body, FileChannel part, FileDigest digest) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    reached.accept(digest.bytes());
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      if (digest.bytes() + read > file.bytes()) {
        throw otherSize("more");
      }
      write(part, ByteBuffer.wrap(buffer, 0, read), digest.bytes());
      digest.update(buffer, read);
      reached.accept(digest.bytes());
    }
    if (digest.bytes() < file.bytes()) {
      throw new ConnectionBrokenException(
          "'%s' broke off after %d of %d bytes"
              .formatted(file.path(), digest.bytes(), file.bytes()));
    }
  }

  private static void write(FileChannel part, ByteBuffer content, long position)
      throws IOException {
    long at = position;
    while (content.hasRemaining()) {
      at += part.write(content, at);
    }
  }
}
