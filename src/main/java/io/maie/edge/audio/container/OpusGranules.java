package io.maie.edge.audio.container;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Granule positions of Opus in Ogg (RFC 7845, section 4) that a recorder left out. Decoders drop
 * the pages then, although each packet says how long its sound is (RFC 6716, section 3.1).
 */
public final class OpusGranules {
  private static final long NONE = -1;

  /** Packets of a stream before its sound: identification and comment. */
  private static final int HEADER_PACKETS = 2;

  private static final int BUFFER_BYTES = 128 * 1024;

  /** By the number of the stream; those that are not Opus are absent. */
  private final Map<Long, Clock> clocks = new HashMap<>();

  /** Pages that have to have a position, and whether any has one, or lacks it. */
  private int pages;

  private boolean isAnySet;
  private boolean isAnyMissing;

  private OpusGranules() {}

  /**
   * Returns whether pages of a file that begins with Opus in Ogg lack the position that belongs to
   * them, or none of its pages has one.
   */
  public static boolean areMissing(Path file) throws IOException {
    OpusGranules granules = new OpusGranules();
    try (BufferedInputStream in = open(file)) {
      @Nullable OggPage page = OggPage.read(in);
      while (page != null) {
        granules.position(page);
        if (granules.clocks.isEmpty()) {
          return false;
        }
        page = OggPage.read(in);
      }
    }
    return granules.isAnyMissing || granules.isNoneSet();
  }

  /** Writes {@code file} as {@code copy}, with positions that follow from the packets. */
  public static void restore(Path file, Path copy) throws IOException {
    OpusGranules granules = new OpusGranules();
    try (BufferedInputStream in = open(file);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), BUFFER_BYTES)) {
      @Nullable OggPage page = OggPage.read(in);
      while (page != null) {
        @Nullable Long position = granules.position(page);
        out.write(position == null ? page.bytes() : page.withGranule(position));
        page = OggPage.read(in);
      }
      in.transferTo(out);
    }
  }

  private static BufferedInputStream open(Path file) throws IOException {
    return new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
  }

  private boolean isNoneSet() {
    return pages > 0 && !isAnySet;
  }

  /** The position that belongs to a page; null if it holds no sound of Opus. */
  private @Nullable Long position(OggPage page) {
    if (page.isFirst()) {
      clocks.remove(page.serial());
      page.packets(
          (offset, length, begins, ends) -> {
            if (page.block().hasText(offset, "OpusHead")) {
              clocks.put(page.serial(), new Clock());
            }
          });
    }
    @Nullable Clock clock = clocks.get(page.serial());
    if (clock == null) {
      return null;
    }
    boolean isSound = clock.pass(page);
    if (!isSound) {
      return null;
    }
    pages++;
    isAnySet |= page.granule() > 0;
    isAnyMissing |= page.granule() == NONE;
    return clock.samples;
  }

  /** Counts the samples of one stream, at 48 kHz. */
  private static final class Clock {
    private int headers;
    private long samples;

    /** Of the packet that has begun and not ended. */
    private int pending;

    /** Returns whether a packet with sound ends in the page. */
    boolean pass(OggPage page) {
      int before = headers;
      boolean[] ended = new boolean[1];
      page.packets(
          (offset, length, begins, ends) -> {
            if (begins) {
              pending = samples(page.block().part(offset, Math.min(length, 2)));
            }
            if (ends && headers < HEADER_PACKETS) {
              headers++;
            } else if (ends) {
              samples += pending;
              ended[0] = true;
            }
          });
      return before == HEADER_PACKETS && ended[0];
    }

    /**
     * Length of the packet that begins with these bytes, of which there are none for a lost one.
     */
    private static int samples(ByteBlock packet) {
      if (packet.length() == 0) {
        return 0;
      }
      int toc = packet.u8(0);
      int config = toc >> 3;
      int frame;
      if (config < 12) {
        // 10, 20, 40 or 60 ms
        frame = config % 4 == 3 ? 2_880 : 480 << config % 4;
      } else if (config < 16) {
        frame = 480 << config % 2;
      } else {
        // 2.5 to 20 ms
        frame = 120 << config % 4;
      }
      return switch (toc & 3) {
        case 0 -> frame;
        case 1, 2 -> 2 * frame;
        default -> packet.length() < 2 ? frame : (packet.u8(1) & 0x3F) * frame;
      };
    }
  }
}
