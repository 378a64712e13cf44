package io.maie.edge.testing;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A program that puts a recording into the inbox, step by step, in exactly the way in which a real
 * one does, so that a test can look between any two steps. One instance writes one file and is used
 * by one thread; closing it stops the program wherever it is.
 */
public final class Producer implements AutoCloseable {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));

  /** Pieces in which content is written. */
  private static final int PIECES = 4;

  /** Bytes of the sizes in a WAV header and where they lie. */
  private static final int RIFF_SIZE = 4;

  private static final int DATA_SIZE = 40;

  private final Path target;
  private final byte[] content;
  private final Deque<Step> steps = new ArrayDeque<>();
  private @Nullable FileChannel open;

  private Producer(Path target, byte[] content) {
    this.target = target;
    this.content = content;
  }

  /** One thing that a program does between two moments at which it may be interrupted. */
  private interface Step {
    void run() throws IOException;
  }

  /** The ways of writing. */
  public enum Manner {
    /** A hidden temporary name in the same folder, then a rename. */
    RSYNC,
    /** The final name from the first byte. */
    RSYNC_IN_PLACE,
    /** The final name from the first byte. */
    SCP,
    /** The same, and the old time of the original at the end. */
    SCP_KEEPING_TIMES,
    /** {@code .filepart}, then link and unlink, as the SFTP server renames. */
    WINSCP,
    /** Full size at once, then the content, then the old time of the original. */
    EXPLORER,
    /** An empty file that is closed; later its content, beside a {@code ._} companion. */
    FINDER,
    /** A header without sizes, then sound, then the sizes. WAV only. */
    RECORDER,
    /** {@code .syncthing.<name>.tmp}, then a rename. */
    SYNCTHING,
    /** The old time at the start, in the middle and at the end. */
    TOUCHED,
    /** Opens, appends and closes, piece by piece, as scanners and voice recorders do over SMB. */
    APPENDER
  }

  /** A program that will write {@code content} to {@code target}. */
  public static Producer of(Manner manner, Path target, byte[] content) {
    Producer producer = new Producer(target, content.clone());
    producer.plan(manner);
    return producer;
  }

  public Path target() {
    return target;
  }

  public boolean isDone() {
    return steps.isEmpty();
  }

  /** Does the next thing. */
  public void step() {
    try {
      steps.remove().run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stops without finishing; the operating system closes the program's files. */
  @Override
  public void close() throws IOException {
    steps.clear();
    closeFile();
  }

  private void plan(Manner manner) {
    switch (manner) {
      case RSYNC -> throughTemporary("." + name() + ".a8Xk2Q");
      case SYNCTHING -> throughTemporary(".syncthing." + name() + ".tmp");
      case RSYNC_IN_PLACE, SCP -> inPlace();
      case SCP_KEEPING_TIMES -> {
        inPlace();
        steps.add(this::makeOld);
      }
      case WINSCP -> throughLink();
      case EXPLORER -> preExtended();
      case FINDER -> emptyFirst();
      case RECORDER -> live();
      case TOUCHED -> touched();
      case APPENDER -> appending();
    }
  }

  private void inPlace() {
    steps.add(() -> create(target));
    addPieces(0);
    steps.add(this::closeFile);
  }

  private void throughTemporary(String name) {
    Path temporary = target.resolveSibling(name);
    steps.add(() -> create(temporary));
    addPieces(0);
    steps.add(this::closeFile);
    steps.add(() -> Files.setLastModifiedTime(temporary, LONG_AGO));
    steps.add(() -> Files.move(temporary, target, ATOMIC_MOVE));
  }

  private void throughLink() {
    Path temporary = target.resolveSibling(name() + ".filepart");
    steps.add(() -> create(temporary));
    addPieces(0);
    steps.add(this::closeFile);
    steps.add(() -> Files.createLink(target, temporary));
    steps.add(() -> Files.delete(temporary));
    steps.add(this::makeOld);
  }

  private void preExtended() {
    steps.add(() -> create(target));
    steps.add(() -> write(content.length - 1, new byte[1]));
    addPieces(0);
    steps.add(this::makeOld);
    steps.add(this::closeFile);
    steps.add(this::makeOld);
  }

  private void emptyFirst() {
    Path companion = target.resolveSibling("._" + name());
    steps.add(() -> Files.createFile(target));
    steps.add(() -> Files.write(companion, new byte[82]));
    steps.add(() -> open = FileChannel.open(target, WRITE));
    addPieces(0);
    steps.add(this::closeFile);
    steps.add(this::makeOld);
  }

  private void live() {
    byte[] header = Arrays.copyOf(content, DATA_SIZE + 4);
    Arrays.fill(header, RIFF_SIZE, RIFF_SIZE + 4, (byte) 0xFF);
    Arrays.fill(header, DATA_SIZE, DATA_SIZE + 4, (byte) 0xFF);
    steps.add(() -> create(target));
    steps.add(() -> write(0, header));
    addPieces(header.length);
    steps.add(() -> write(0, Arrays.copyOf(content, header.length)));
    steps.add(this::closeFile);
  }

  private void touched() {
    steps.add(() -> create(target));
    steps.add(this::makeOld);
    addPieces(0);
    steps.add(this::makeOld);
    steps.add(() -> write(0, Arrays.copyOf(content, 1)));
    steps.add(this::closeFile);
    steps.add(this::makeOld);
  }

  private void appending() {
    steps.add(() -> Files.createFile(target));
    for (int piece = 0; piece < PIECES; piece++) {
      int from = boundary(piece, 0);
      byte[] bytes = Arrays.copyOfRange(content, from, boundary(piece + 1, 0));
      steps.add(
          () -> {
            open = FileChannel.open(target, WRITE);
            write(from, bytes);
            closeFile();
          });
    }
  }

  private void addPieces(int start) {
    for (int piece = 0; piece < PIECES; piece++) {
      int from = boundary(piece, start);
      byte[] bytes = Arrays.copyOfRange(content, from, boundary(piece + 1, start));
      steps.add(() -> write(from, bytes));
    }
  }

  private int boundary(int piece, int start) {
    return start + (int) ((long) (content.length - start) * piece / PIECES);
  }

  private void create(Path file) throws IOException {
    open = FileChannel.open(file, CREATE_NEW, WRITE);
  }

  private void write(long position, byte[] bytes) throws IOException {
    FileChannel channel = open;
    if (channel == null) {
      throw new IllegalStateException("expected an open file, found none: " + target);
    }
    channel.write(ByteBuffer.wrap(bytes), position);
  }

  private void closeFile() throws IOException {
    FileChannel channel = open;
    open = null;
    if (channel != null) {
      channel.close();
    }
  }

  private void makeOld() throws IOException {
    Files.setLastModifiedTime(target, LONG_AGO);
  }

  private String name() {
    return String.valueOf(target.getFileName());
  }
}
