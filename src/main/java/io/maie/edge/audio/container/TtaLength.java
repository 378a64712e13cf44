package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Number of samples that True Audio declares. Decoders derive from it how many frames the table of
 * sizes lists, and where the first one begins. The checksum of the table tells its true length, and
 * the code of the last frame the number of its samples (format description of TTA1; the entropy
 * code is that of libavcodec/tta.c).
 */
final class TtaLength {
  private static final int SAMPLES_OFFSET = 14;
  private static final int CHECKSUM_OFFSET = 18;

  /** The header and its checksum. */
  private static final int TABLE = 22;

  private static final int ENTRY = 4;

  /** The most frames of a table that is looked through, 45 h at 44.1 kHz. */
  private static final int MOST_FRAMES = 160_000;

  /** Larger frames are none. */
  private static final int LARGEST_FRAME = 2 << 20;

  private static final int CHECKSUM_BITS = 32;

  private TtaLength() {}

  static List<Correction> corrections(ByteSource source)
      throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(0, TABLE);
    if (head.length() < TABLE) {
      return List.of();
    }
    int channels = (int) (head.u32le(6) & 0xFFFF);
    long frameSamples = 256 * head.u32le(10) / 245;
    long declared = head.u32le(SAMPLES_OFFSET);
    if (channels == 0 || frameSamples == 0) {
      return List.of();
    }
    ByteBlock table = source.read(TABLE, (MOST_FRAMES + 1) * ENTRY);
    int frames = frames(table);
    if (frames == 0) {
      return List.of();
    }
    long lastStart = TABLE + (frames + 1L) * ENTRY;
    for (int i = 0; i < frames - 1; i++) {
      lastStart += table.u32le(i * ENTRY);
    }
    long lastBytes = table.u32le((frames - 1) * ENTRY);
    ByteBlock last = source.read(lastStart, (int) Math.min(lastBytes, LARGEST_FRAME));
    long samples = last.length() == lastBytes ? new LastFrame(last, channels).samples() : 0;
    long all = (frames - 1) * frameSamples + samples;
    return samples == 0 || all == declared ? List.of() : corrections(head, all);
  }

  /** The header has a checksum of its own. */
  private static List<Correction> corrections(ByteBlock head, long samples) {
    Correction number = Correction.u32le(SAMPLES_OFFSET, samples);
    CRC32 checksum = new CRC32();
    for (int at = 0; at < SAMPLES_OFFSET; at++) {
      checksum.update(head.u8(at));
    }
    checksum.update(number.value().duplicate());
    return List.of(number, Correction.u32le(CHECKSUM_OFFSET, checksum.getValue()));
  }

  /** The number of frames in the table; 0 if it cannot be told. */
  private static int frames(ByteBlock table) {
    CRC32 checksum = new CRC32();
    for (int i = 0; table.holds(i * ENTRY, 2 * ENTRY); i++) {
      for (int at = i * ENTRY; at < (i + 1) * ENTRY; at++) {
        checksum.update(table.u8(at));
      }
      if (checksum.getValue() == table.u32le((i + 1) * ENTRY)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Reads the code of one frame up to its checksum, for the number of its samples. */
  private static final class LastFrame {
    private final ByteBlock bytes;
    private final Rice[] codes;
    private int bit;

    LastFrame(ByteBlock bytes, int channels) {
      this.bytes = bytes;
      this.codes = new Rice[channels];
      for (int c = 0; c < channels; c++) {
        codes[c] = new Rice();
      }
    }

    /** Samples per channel; 0 if the code does not end where the frame does. */
    long samples() {
      int end = bytes.length() * Byte.SIZE - CHECKSUM_BITS;
      long samples = 0;
      while (bit <= end - Byte.SIZE) {
        for (Rice code : codes) {
          code.read();
        }
        samples++;
      }
      return bit <= end ? samples : 0;
    }

    private int bit() {
      int at = bit >> 3;
      int value = at < bytes.length() ? (bytes.u8(at) >> (bit & 7)) & 1 : 0;
      bit++;
      return value;
    }

    /** Adaptive Golomb-Rice code with two parameters. */
    private final class Rice {
      private final int[] k = {10, 10};
      private final long[] sums = {1L << 14, 1L << 14};

      void read() {
        int ones = 0;
        while (bit() == 1) {
          ones++;
        }
        int deep = ones == 0 ? 0 : 1;
        long value = (long) ones - deep;
        int bits = k[deep];
        long rest = 0;
        for (int i = 0; i < bits; i++) {
          rest |= (long) bit() << i;
        }
        adapt(deep, (value << bits) + rest);
        if (deep == 1) {
          adapt(0, ((value << bits) + rest) + (1L << k[0]));
        }
      }

      private void adapt(int which, long value) {
        sums[which] += value - (sums[which] >> 4);
        if (k[which] > 0 && sums[which] < 1L << (k[which] + 4)) {
          k[which]--;
        } else if (sums[which] > 1L << (k[which] + 5)) {
          k[which]++;
        }
      }
    }
  }
}
