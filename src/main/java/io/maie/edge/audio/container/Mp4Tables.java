package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Numbers of MP4 (ISO/IEC 14496-12) that hide sound: a size of the box with the sound that does not
 * lead to the index behind it, and tables of samples that list fewer entries than they hold, or
 * more.
 */
final class Mp4Tables {
  private static final int HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final int MOST_BOXES = 4_096;

  /** Indexes are smaller. */
  private static final int LARGEST_INDEX = 64 << 20;

  private static final int BLOCK = 1 << 20;

  /** The most bytes of a table of durations that are read. */
  private static final int LARGEST_TABLE = 1 << 16;

  /** Boxes that hold the tables, from the index on. */
  private static final List<String> PARENTS = List.of("trak", "mdia", "minf", "stbl");

  /**
   * Per table, the bytes of an entry. All but the sizes have version, flags and the number of
   * entries before them; the sizes have one size for all before the number.
   */
  private static final Map<String, Integer> ENTRIES =
      Map.of("stts", 8, "stsc", 12, "stsz", 4, "stco", 4, "co64", 8);

  private final ByteSource source;
  private final FileChannel channel;
  private final List<Correction> corrections = new ArrayList<>();

  /** Samples of the track that have a duration. */
  private long timed;

  private Mp4Tables(ByteSource source, FileChannel channel) {
    this.source = source;
    this.channel = channel;
  }

  static List<Correction> corrections(ByteSource source, FileChannel channel)
      throws IOException, TooMuchToReadException {
    Mp4Tables tables = new Mp4Tables(source, channel);
    long index = tables.index();
    if (index >= 0) {
      tables.tables(index + HEADER, index + source.read(index, HEADER).u32(0), 0);
    }
    return tables.corrections;
  }

  /** Position of the index; where boxes do not lead to it, the size of the sound is corrected. */
  private long index() throws IOException, TooMuchToReadException {
    long at = 0;
    long sound = -1;
    for (int i = 0; i < MOST_BOXES; i++) {
      ByteBlock header = source.read(at, LONG_HEADER);
      if (header.length() < HEADER) {
        break;
      }
      String type = header.text(4, 4);
      if (type.equals("moov") || type.equals("moof")) {
        return type.equals("moov") ? at : -1;
      }
      sound = type.equals("mdat") ? at : sound;
      boolean isLong = header.u32(0) == 1 && header.holds(0, LONG_HEADER);
      long bytes = isLong ? header.i64(HEADER) : header.u32(0);
      if (bytes < HEADER || bytes > source.size() - at) {
        break;
      }
      at += bytes;
    }
    return sound < 0 ? -1 : behind(sound);
  }

  /** The index behind sound whose size does not lead to it; -1 if there is none. */
  private long behind(long sound) throws IOException, TooMuchToReadException {
    long index = search(sound + HEADER);
    if (index >= 0) {
      boolean isLong = source.read(sound, HEADER).u32(0) == 1;
      long bytes = index - sound;
      if (!isLong && bytes > 0xFFFF_FFFFL) {
        return -1;
      }
      corrections.add(
          isLong ? Correction.i64(sound + HEADER, bytes) : Correction.u32(sound, bytes));
    }
    return index;
  }

  /** The last place from {@code from} on at which an index begins; -1 if there is none. */
  private long search(long from) throws IOException, TooMuchToReadException {
    long end = source.size();
    while (end > from && source.size() - end < LARGEST_INDEX) {
      long start = Math.max(from, end - BLOCK);
      ByteBuffer buffer =
          ByteBuffer.allocate((int) Math.min(BLOCK + LONG_HEADER, source.size() - start));
      while (buffer.hasRemaining() && channel.read(buffer, start + buffer.position()) >= 0) {
        // until full, or until the file turns out to have been cut
      }
      String text = new String(buffer.array(), StandardCharsets.ISO_8859_1);
      for (int at = text.lastIndexOf("moov"); at >= 4; at = text.lastIndexOf("moov", at - 1)) {
        if (isIndex(start + at - 4)) {
          return start + at - 4;
        }
      }
      end = start;
    }
    return -1;
  }

  private boolean isIndex(long at) throws IOException, TooMuchToReadException {
    ByteBlock header = source.read(at, LONG_HEADER);
    return header.length() == LONG_HEADER
        && header.hasText(12, "mvhd")
        && header.u32(0) > LONG_HEADER
        && header.u32(0) <= source.size() - at;
  }

  private void tables(long start, long end, int depth) throws IOException, TooMuchToReadException {
    long at = start;
    for (int i = 0; i < MOST_BOXES && at + HEADER <= end; i++) {
      ByteBlock header = source.read(at, HEADER);
      long bytes = header.length() == HEADER ? header.u32(0) : 0;
      if (bytes < HEADER || bytes > end - at) {
        return;
      }
      String type = header.text(4, 4);
      if (depth < PARENTS.size() && type.equals(PARENTS.get(depth))) {
        tables(at + HEADER, at + bytes, depth + 1);
      } else if (depth == PARENTS.size() && ENTRIES.containsKey(type)) {
        table(type, at, at + bytes);
      }
      at += bytes;
    }
  }

  /** Corrects the number of entries to those that the table holds. */
  private void table(String type, long start, long end) throws IOException, TooMuchToReadException {
    boolean areSizes = type.equals("stsz");
    int countOffset = HEADER + (areSizes ? 8 : 4);
    ByteBlock head = source.read(start, countOffset + 4);
    if (head.length() < countOffset + 4) {
      return;
    }
    long sizeOfAll = areSizes ? head.u32(HEADER + 4) : 0;
    if (sizeOfAll > 0) {
      boolean areMore = timed > head.u32(countOffset) && timed * sizeOfAll < source.size();
      if (areMore) {
        corrections.add(Correction.u32(start + countOffset, timed));
      }
      return;
    }
    if (type.equals("stts")) {
      int bytes = (int) Math.min(LARGEST_TABLE, end - start - head.length());
      timed = samples(source.read(start + head.length(), bytes));
    }
    int entryBytes = ENTRIES.getOrDefault(type, 1);
    long entries = end - start - head.length();
    long held = entries / entryBytes;
    long declared = head.u32(countOffset);
    if (entries % entryBytes != 0 || declared == held) {
      return;
    }
    boolean isFilled = declared > held || !last(end, entryBytes).isZero();
    if (held > 0 && isFilled) {
      corrections.add(Correction.u32(start + countOffset, held));
    }
  }

  /** The number of samples whose durations a table gives. */
  private static long samples(ByteBlock entries) {
    long samples = 0;
    for (int at = 0; entries.holds(at, 8); at += 8) {
      samples += entries.u32(at);
    }
    return samples;
  }

  private ByteBlock last(long end, int bytes) throws IOException, TooMuchToReadException {
    return source.read(end - bytes, bytes);
  }
}
