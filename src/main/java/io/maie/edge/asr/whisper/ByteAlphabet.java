package io.maie.edge.asr.whisper;

/**
 * GPT-2's way to write any byte as one printable character: printable ones of Latin-1 stand for
 * themselves, the others for characters from U+0100 on, in order.
 */
final class ByteAlphabet {
  private static final char[] CHARACTERS = new char[256];
  private static final byte[] BYTES = new byte[512];

  static {
    char next = 256;
    for (int value = 0; value < CHARACTERS.length; value++) {
      char character = isPrintable(value) ? (char) value : next++;
      CHARACTERS[value] = character;
      BYTES[character] = (byte) value;
    }
  }

  private ByteAlphabet() {}

  private static boolean isPrintable(int value) {
    return (value >= '!' && value <= '~') || (value >= 0xA1 && value <= 0xFF && value != 0xAD);
  }

  /** The bytes that {@code written} stands for; characters that stand for none are left out. */
  static byte[] toBytes(String written) {
    byte[] bytes = new byte[written.length()];
    int length = 0;
    for (int i = 0; i < written.length(); i++) {
      char character = written.charAt(i);
      if (character < BYTES.length
          && CHARACTERS[Byte.toUnsignedInt(BYTES[character])] == character) {
        bytes[length++] = BYTES[character];
      }
    }
    return java.util.Arrays.copyOf(bytes, length);
  }
}
