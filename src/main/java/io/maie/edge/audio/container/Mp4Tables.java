package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Numbers of MP4 (ISO/IEC 14496-12) that hide sound: a size of the box with the sound that does not
 * lead to the index behind it, and tables of samples that list fewer entries than they hold, or
 * more; beside them, sound that no table lists.
 */
final class Mp4Tables {
  private static final int HEADER = 8;

  /** Bytes of a sample entry's table before the type of the first one, header included. */
  private static final int CODEC = 20;

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
  private final List<Mp4Track> tracks = new ArrayList<>();

  /** Duration of the movie, in seconds. */
  private double declaredSeconds;

  /** Samples of the track that have a duration. */
  private long timed;

  /** Position of the box whose size does not lead to the index; -1 if each does. */
  private long wrongSound = -1;

  private long index = -1;

  private Mp4Tables(ByteSource source, FileChannel channel) {
    this.source = source;
    this.channel = channel;
  }

  static Mp4Tables read(ByteSource source, FileChannel channel)
      throws IOException, TooMuchToReadException {
    Mp4Tables tables = new Mp4Tables(source, channel);
    long index = tables.index();
    if (index >= 0) {
      long end = index + source.read(index, HEADER).u32(0);
      tables.tables(new ByteSpan(index + HEADER, end), 0);
    }
    return tables;
  }

  /** The numbers to correct, those included that make decoders find what no table lists. */
  List<Correction> corrections() throws IOException, TooMuchToReadException {
    List<Correction> all = new ArrayList<>(corrections);
    Optional<Mp4Unlisted> unlisted = unlisted();
    if (unlisted.isPresent()) {
      all.addAll(unlisted.get().corrections());
    }
    return all;
  }

  /** Sound outside of the tables of the only track; empty if there are several. */
  Optional<Mp4Unlisted> unlisted() throws IOException, TooMuchToReadException {
    if (tracks.size() != 1) {
      return Optional.empty();
    }
    Mp4Track track = tracks.get(0);
    OptionalLong end = soundEnd(track);
    return end.isPresent()
        ? Optional.of(new Mp4Unlisted(source, track, end.getAsLong()))
        : Optional.empty();
  }

  /** The end of the box that holds the first chunk of a track. */
  OptionalLong soundEnd(Mp4Track track) throws IOException, TooMuchToReadException {
    long[] chunks = track.chunkPositions();
    long at = 0;
    for (int i = 0; i < MOST_BOXES && chunks.length > 0; i++) {
      ByteBlock header = source.read(at, LONG_HEADER);
      if (header.length() < HEADER) {
        break;
      }
      boolean isLong = header.u32(0) == 1 && header.holds(0, LONG_HEADER);
      long declared = isLong ? header.i64(HEADER) : header.u32(0);
      boolean isWrong = at == wrongSound;
      long bytes = isWrong ? index - at : declared;
      boolean isWhole = bytes >= HEADER && bytes <= source.size() - at;
      long end = isWhole ? at + bytes : source.size();
      if (header.hasText(4, "mdat") && chunks[0] > at && chunks[0] < end) {
        return OptionalLong.of(end);
      }
      at = end;
    }
    return OptionalLong.empty();
  }

  /** The tracks in the order of the file. */
  List<Mp4Track> tracks() {
    return tracks;
  }

  /** Duration that the header of the movie says, in seconds; 0 if none. */
  double declaredSeconds() {
    return declaredSeconds;
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
    index = search(sound + HEADER);
    if (index >= 0) {
      boolean isLong = source.read(sound, HEADER).u32(0) == 1;
      long bytes = index - sound;
      if (!isLong && bytes > 0xFFFF_FFFFL) {
        return -1;
      }
      wrongSound = sound;
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

  private void tables(ByteSpan boxes, int depth) throws IOException, TooMuchToReadException {
    long at = boxes.start();
    for (int i = 0; i < MOST_BOXES && at + HEADER <= boxes.end(); i++) {
      ByteBlock header = source.read(at, HEADER);
      long bytes = header.length() == HEADER ? header.u32(0) : 0;
      if (bytes < HEADER || bytes > boxes.end() - at) {
        return;
      }
      String type = header.text(4, 4);
      if (depth < PARENTS.size() && type.equals(PARENTS.get(depth))) {
        tables(new ByteSpan(at + HEADER, at + bytes), depth + 1);
      } else if (type.equals("mvhd")) {
        declaredSeconds = times(at).seconds();
      } else if (type.equals("mdhd")) {
        tracks.add(new Mp4Track(channel, times(at)));
      } else if (!tracks.isEmpty() && type.equals("stsd")) {
        ByteBlock entry = source.read(at + CODEC, 4);
        tracks.get(tracks.size() - 1).setCodec(entry.text(0, entry.length()));
      } else if (!tracks.isEmpty() && depth == PARENTS.size() && ENTRIES.containsKey(type)) {
        table(type, new ByteSpan(at, at + bytes));
      }
      at += bytes;
    }
  }

  private Mp4Track.Times times(long start) throws IOException, TooMuchToReadException {
    ByteBlock header = source.read(start, HEADER + 32);
    if (header.length() < HEADER + 32) {
      return new Mp4Track.Times(0, 0);
    }
    boolean isLong = header.u8(HEADER) == 1;
    return isLong
        ? new Mp4Track.Times(header.u32(HEADER + 20), header.i64(HEADER + 24))
        : new Mp4Track.Times(header.u32(HEADER + 12), (int) header.u32(HEADER + 16));
  }

  /** Corrects the number of entries to those that the table holds. */
  private void table(String type, ByteSpan box) throws IOException, TooMuchToReadException {
    long start = box.start();
    boolean areSizes = type.equals("stsz");
    int countOffset = HEADER + (areSizes ? 8 : 4);
    ByteBlock head = source.read(start, countOffset + 4);
    if (head.length() < countOffset + 4) {
      return;
    }
    long sizeOfAll = areSizes ? head.u32(HEADER + 4) : 0;
    long declared = head.u32(countOffset);
    if (type.equals("stts")) {
      int bytes = (int) Math.min(LARGEST_TABLE, box.bytes() - head.length());
      timed = samples(source.read(start + head.length(), bytes));
    }
    boolean areMore = timed > declared && timed * sizeOfAll < source.size();
    long count = areMore ? timed : declared;
    if (sizeOfAll == 0) {
      ByteSpan entries = new ByteSpan(start + head.length(), box.end());
      count = count(declared, new Entries(entries, ENTRIES.getOrDefault(type, 1)));
    }
    if (count != declared) {
      corrections.add(Correction.u32(start + countOffset, count));
    }
    tracks.get(tracks.size() - 1).add(type, new Mp4Table(start + countOffset, count, sizeOfAll));
  }

  /**
   * Entries of a table.
   *
   * @param size of each, in bytes
   */
  private record Entries(ByteSpan bytes, int size) {

    boolean areWhole() {
      return bytes.bytes() % size == 0;
    }

    long count() {
      return bytes.bytes() / size;
    }

    ByteBlock last(ByteSource source) throws IOException, TooMuchToReadException {
      return source.read(bytes.end() - size, size);
    }
  }

  /** The number of entries that a table holds, if that is not clearly another than it declares. */
  private long count(long declared, Entries entries) throws IOException, TooMuchToReadException {
    long held = entries.count();
    if (!entries.areWhole() || declared == held || held == 0) {
      return declared;
    }
    boolean isFilled = declared > held || !entries.last(source).isZero();
    return isFilled ? held : declared;
  }

  /** The number of samples whose durations a table gives. */
  private static long samples(ByteBlock entries) {
    long samples = 0;
    for (int at = 0; entries.holds(at, 8); at += 8) {
      samples += entries.u32(at);
    }
    return samples;
  }
}
