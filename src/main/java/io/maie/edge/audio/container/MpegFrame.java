package io.maie.edge.audio.container;

/** Headers of frames of MPEG-1, MPEG-2 and MPEG-2.5 audio (ISO/IEC 11172-3, 13818-3). */
final class MpegFrame {
  private static final int SYNC = 0xFFE0_0000;

  /** Kilobits a second by index: MPEG-1 layers I, II, III, and MPEG-2 layers I, II and III. */
  private static final int[][] RATES = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  private static final int[] HERTZ = {44_100, 48_000, 32_000};

  private MpegFrame() {}

  /** Bytes of the frame that begins with {@code header}; 0 if it is no such header. */
  static int bytes(int header) {
    int version = header >>> 19 & 3; // 3 = MPEG-1, 2 = MPEG-2, 0 = MPEG-2.5
    int layer = 4 - (header >>> 17 & 3); // 1 to 3
    int rate = header >>> 12 & 15;
    int hertz = header >>> 10 & 3;
    if ((header & SYNC) != SYNC
        || version == 1
        || layer == 4
        || rate == 0
        || rate == 15
        || hertz == 3) {
      return 0;
    }
    boolean isFirst = version == 3;
    int row = isFirst ? layer - 1 : layer == 1 ? 3 : 4;
    int samplesPerSecond = HERTZ[hertz] / (isFirst ? 1 : version == 2 ? 2 : 4);
    int padding = header >>> 9 & 1;
    int bits = RATES[row][rate] * 1_000;
    if (layer == 1) {
      return (12 * bits / samplesPerSecond + padding) * 4;
    }
    boolean isHalf = layer == 3 && !isFirst;
    return (isHalf ? 72 : 144) * bits / samplesPerSecond + padding;
  }
}
