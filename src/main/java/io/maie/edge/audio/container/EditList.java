package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stored length of an MP4 track (ISO 14496-12, 8.6), by its table of samples, and the length
 * that its edit list shows. Durations in headers give neither.
 *
 * @param storedSeconds sum of the durations of all samples
 * @param shownSeconds sum of the edits; the same as stored if there is no edit list
 */
public record EditList(double storedSeconds, double shownSeconds) {
  private static final int BOX_HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final int MOST_BOXES = 256;

  /** Flags and version, which begin the content of most boxes. */
  private static final int FULL = 4;

  /** Bytes of an entry in the table of times. */
  private static final int TIME_ENTRY = 8;

  /** A box: its type, and the bytes of its content in the file. */
  private record Box(String type, ByteSpan content) {}

  /**
   * A stretch of the track that is shown.
   *
   * @param units its duration in units of the movie; decoders give nothing of one that lasts 0
   * @param start in units of the track
   */
  private record Edit(long units, long start) {}

  /**
   * The edit list of a track; empty if it cannot be told, as of sound in fragments.
   *
   * @param start of the recording within the file, in bytes
   * @param track counted from 0, all kinds of tracks
   */
  public static Optional<EditList> of(Path file, long start, int track) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      ByteSource source = new ByteSource(channel);
      return new Boxes(source).editList(new ByteSpan(start, source.size()), track);
    } catch (TooMuchToReadException e) {
      return Optional.empty();
    }
  }

  /** The boxes of one file. */
  private record Boxes(ByteSource source) {

    Optional<EditList> editList(ByteSpan recording, int track)
        throws IOException, TooMuchToReadException {
      List<Box> movie = within(child(recording, "moov"));
      List<Box> tracks = movie.stream().filter(box -> box.type().equals("trak")).toList();
      if (track >= tracks.size()) {
        return Optional.empty();
      }
      Box chosen = tracks.get(track);
      Optional<Box> media = child(chosen.content(), "mdia");
      Optional<Box> table = path(media, "minf", "stbl", "stts");
      long scale = timescale(path(media, "mdhd"));
      long units = table.isPresent() ? units(table.get()) : 0;
      if (units <= 0 || scale <= 0) {
        return Optional.empty();
      }
      double stored = (double) units / scale;
      Optional<Box> edits = path(Optional.of(chosen), "edts", "elst");
      long movieScale =
          timescale(movie.stream().filter(box -> box.type().equals("mvhd")).findFirst());
      if (edits.isEmpty() || movieScale <= 0) {
        return Optional.of(new EditList(stored, stored));
      }
      List<Edit> shown = edits(edits.get());
      double seconds = 0;
      for (Edit edit : shown) {
        double rest = Math.max(0, stored - (double) edit.start() / scale);
        seconds += Math.min((double) edit.units() / movieScale, rest);
      }
      return Optional.of(new EditList(stored, shown.isEmpty() ? stored : seconds));
    }

    private Optional<Box> path(Optional<Box> box, String... types)
        throws IOException, TooMuchToReadException {
      Optional<Box> at = box;
      for (String type : types) {
        at = at.isPresent() ? child(at.get().content(), type) : Optional.empty();
      }
      return at;
    }

    private Optional<Box> child(ByteSpan bytes, String type)
        throws IOException, TooMuchToReadException {
      return boxes(bytes).stream().filter(box -> box.type().equals(type)).findFirst();
    }

    private List<Box> within(Optional<Box> box) throws IOException, TooMuchToReadException {
      return box.isPresent() ? boxes(box.get().content()) : List.of();
    }

    private List<Box> boxes(ByteSpan bytes) throws IOException, TooMuchToReadException {
      List<Box> boxes = new ArrayList<>();
      long at = bytes.start();
      while (at + BOX_HEADER <= bytes.end() && boxes.size() < MOST_BOXES) {
        ByteBlock header = source.read(at, LONG_HEADER);
        if (!header.holds(0, BOX_HEADER)) {
          break;
        }
        boolean isLong = header.u32(0) == 1 && header.holds(BOX_HEADER, 8);
        long boxBytes = isLong ? header.i64(BOX_HEADER) : header.u32(0);
        int headerBytes = isLong ? LONG_HEADER : BOX_HEADER;
        if (boxBytes < headerBytes || boxBytes > bytes.end() - at) {
          break;
        }
        boxes.add(new Box(header.text(4, 4), new ByteSpan(at + headerBytes, at + boxBytes)));
        at += boxBytes;
      }
      return boxes;
    }

    /** Units in a second, as a header of a movie or of its media says. */
    private long timescale(Optional<Box> header) throws IOException, TooMuchToReadException {
      if (header.isEmpty()) {
        return 0;
      }
      ByteBlock content = source.read(header.get().content().start(), FULL + 20);
      if (!content.holds(0, FULL + 20)) {
        return 0;
      }
      boolean isLong = content.u8(0) == 1;
      return content.u32(isLong ? FULL + 16 : FULL + 8);
    }

    /** The sum of the durations of all samples. */
    private long units(Box table) throws IOException, TooMuchToReadException {
      ByteBlock content = content(table);
      long sum = 0;
      for (int at = FULL + 4; content.holds(at, TIME_ENTRY); at += TIME_ENTRY) {
        sum += content.u32(at) * content.u32(at + 4);
      }
      return sum;
    }

    /** The edits that show something. */
    private List<Edit> edits(Box box) throws IOException, TooMuchToReadException {
      ByteBlock content = content(box);
      List<Edit> edits = new ArrayList<>();
      if (!content.holds(0, FULL + 4)) {
        return edits;
      }
      int number = content.u8(0) == 1 ? Long.BYTES : Integer.BYTES;
      int entry = 2 * number + 4;
      for (int at = FULL + 4; content.holds(at, entry); at += entry) {
        boolean isEmpty = content.u8(at + number) == 0xFF;
        if (!isEmpty) {
          long units = Math.max(0, content.bigEndian(at, number));
          edits.add(new Edit(units, Math.max(0, content.bigEndian(at + number, number))));
        }
      }
      return edits;
    }

    /** The content of a box, up to more than any recording of a day needs. */
    private ByteBlock content(Box box) throws IOException, TooMuchToReadException {
      int most = ByteSource.MOST_BYTES / 2;
      return source.read(box.content().start(), (int) Math.min(box.content().bytes(), most));
    }
  }
}
