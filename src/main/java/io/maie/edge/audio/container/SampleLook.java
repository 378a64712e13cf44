package io.maie.edge.audio.container;

/**
 * A way to read samples, little-endian.
 *
 * @param codec as ffmpeg names it, without its prefix
 */
record SampleLook(String codec, int channels) {

  /** Bytes of a sample of one channel. */
  int sampleBytes() {
    return switch (codec) {
      case "u8", "alaw", "mulaw" -> 1;
      case "s16le" -> 2;
      case "s24le" -> 3;
      case "f64le" -> 8;
      default -> 4;
    };
  }

  /** The sample at an offset, on any scale. */
  double value(ByteBlock block, int at) {
    return switch (codec) {
      case "u8" -> block.u8(at) - 128;
      case "alaw" -> law(block.u8(at) ^ 0x55, 1);
      case "mulaw" -> law(~block.u8(at) & 0xFF, 33);
      case "s16le" -> (short) (block.u8(at) | block.u8(at + 1) << 8);
      case "s24le" -> (block.u8(at) | block.u8(at + 1) << 8) + ((byte) block.u8(at + 2) << 16);
      case "f32le" -> Float.intBitsToFloat((int) block.u32le(at));
      case "f64le" -> Double.longBitsToDouble(block.i64le(at));
      default -> (int) block.u32le(at);
    };
  }

  /** Sign, exponent and mantissa of G.711, about. */
  private static double law(int code, int offset) {
    double size = ((code & 0xF) * 2 + offset) * (double) (1 << (code >> 4 & 7));
    return code > 0x7F ? size : -size;
  }
}
