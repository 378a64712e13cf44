package io.maie.edge.onnx.graph;

/**
 * One field of a protocol buffers message, by its place in the file.
 *
 * @param number the number of the field in the schema
 * @param type the encoding: 0 = varint, 1 = 8 bytes, 2 = bytes with their length, 5 = 4 bytes
 * @param value the varint; 0 for other types
 * @param start offset of the field itself, with its tag
 * @param content offset of what is in it, behind tag and length
 * @param end offset behind it
 */
record WireField(int number, int type, long value, long start, long content, long end) {
  static final int VARINT = 0;
  static final int EIGHT_BYTES = 1;
  static final int BYTES = 2;
  static final int FOUR_BYTES = 5;

  long length() {
    return end - content;
  }
}
