package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One track of an MP4 file: the tables that tell where its samples lie, and for how long. */
final class Mp4Track {
  private static final int BLOCK = 1 << 16;
  private static final long MOST_ENTRIES = 1L << 24;

  private final FileChannel channel;
  private final Times declared;
  private String codec = "";
  private final Map<String, Mp4Table> tables = new HashMap<>();

  /**
   * @param declared that its header says
   */
  Mp4Track(FileChannel channel, Times declared) {
    this.channel = channel;
    this.declared = declared;
  }

  /**
   * Units of a header of a movie or of its media.
   *
   * @param units its duration; negative if it is not known
   */
  record Times(long unitsInSecond, long units) {

    double seconds() {
      return unitsInSecond > 0 && units > 0 ? (double) units / unitsInSecond : 0;
    }
  }

  long unitsInSecond() {
    return declared.unitsInSecond();
  }

  double declaredSeconds() {
    return declared.seconds();
  }

  /** The type of the sample entry, such as {@code mp4a}. */
  String codec() {
    return codec;
  }

  void setCodec(String type) {
    codec = type;
  }

  void add(String type, Mp4Table table) {
    tables.putIfAbsent(type, table);
  }

  Optional<Mp4Table> table(String type) {
    return Optional.ofNullable(tables.get(type));
  }

  /** The table of chunks, which has positions of four bytes or of eight. */
  Optional<Mp4Table> chunks() {
    return table("stco").or(() -> table("co64"));
  }

  /** Positions of the chunks, in their order. */
  long[] chunkPositions() throws IOException {
    Optional<Mp4Table> table = chunks();
    int bytes = table("stco").isPresent() ? Integer.BYTES : Long.BYTES;
    return table.isPresent() ? numbers(table.get(), bytes) : new long[0];
  }

  /** Sizes of the samples, as far as they are listed one by one. */
  long[] sizes() throws IOException {
    Optional<Mp4Table> table = table("stsz").filter(listed -> listed.sizeOfAll() == 0);
    return table.isPresent() ? numbers(table.get(), Integer.BYTES) : new long[0];
  }

  /** The number of samples in the chunks that the table of chunks lists. */
  long samplesInChunks() throws IOException {
    long chunks = chunks().map(Mp4Table::count).orElse(0L);
    long[] run = entries("stsc", 3);
    long samples = 0;
    for (int at = 0; at + 2 < run.length; at += 3) {
      long end = at + 3 < run.length ? Math.min(run[at + 3] - 1, chunks) : chunks;
      samples += Math.max(0, end - run[at] + 1) * run[at + 1];
    }
    return samples;
  }

  /** Duration of all samples that the table of durations lists, in units of the track. */
  long units() throws IOException {
    return durations()[1];
  }

  /** The number of samples that the table of durations lists. */
  long timedSamples() throws IOException {
    return durations()[0];
  }

  private long[] durations() throws IOException {
    long[] sums = new long[2];
    long[] runs = entries("stts", 2);
    for (int at = 0; at + 1 < runs.length; at += 2) {
      sums[0] += runs[at];
      sums[1] += runs[at] * runs[at + 1];
    }
    return sums;
  }

  /** The numbers of a table whose entries have so many numbers of 32 bits; none without it. */
  private long[] entries(String type, int numbers) throws IOException {
    Optional<Mp4Table> table = table(type);
    if (table.isEmpty()) {
      return new long[0];
    }
    Mp4Table listed = table.get();
    return numbers(new Mp4Table(listed.countAt(), numbers * listed.count(), 0), Integer.BYTES);
  }

  /** The numbers of {@code bytes} bytes that follow the count of a table. */
  private long[] numbers(Mp4Table table, int bytes) throws IOException {
    LongList numbers = new LongList();
    long end = table.entries() + bytes * Math.min(table.count(), MOST_ENTRIES);
    ByteBuffer buffer = ByteBuffer.allocate(BLOCK);
    for (long at = table.entries(); at < end; at += BLOCK) {
      buffer.clear().limit((int) Math.min(BLOCK, end - at));
      while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {
        // until full, or until the file turns out to have been cut
      }
      buffer.flip();
      while (buffer.remaining() >= bytes) {
        numbers.add(
            bytes == Long.BYTES ? buffer.getLong() : Integer.toUnsignedLong(buffer.getInt()));
      }
    }
    return numbers.toArray();
  }

  /** Numbers whose count is not known before. */
  private static final class LongList {
    private long[] values = new long[64];
    private int size;

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    long[] toArray() {
      return Arrays.copyOf(values, size);
    }
  }
}
