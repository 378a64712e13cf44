package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the blocks of a Matroska stream (RFC 9559) as ffmpeg writes it into a pipe: decoded sound
 * with the time that the container of the source gives it. Knows no more of the format than that.
 */
final class MatroskaReader {
  private static final int SEGMENT = 0x18538067;
  private static final int TRACKS = 0x1654AE6B;
  private static final int TRACK_ENTRY = 0xAE;
  private static final int TRACK_NUMBER = 0xD7;
  private static final int AUDIO = 0xE1;
  private static final int CHANNELS = 0x9F;
  private static final int CLUSTER = 0x1F43B675;
  private static final int BLOCK_GROUP = 0xA0;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK = 0xA1;
  private static final int EBML = 0x1A45DFA3;

  /** A block comes in pieces of about that size: sound of few samples a second swells. */
  static final int PIECE_BYTES = 64 * 1024;

  private final InputStream in;
  private final BlockSink sink;
  private final byte[] piece = new byte[PIECE_BYTES];
  private long clusterMillis;

  /** The track that the header speaks of. */
  private int described;

  MatroskaReader(InputStream in, BlockSink sink) {
    this.in = in;
    this.sink = sink;
  }

  /** Takes the blocks in the order in which they come. */
  interface BlockSink {

    /**
     * Takes the number of channels of a track, before its first block.
     *
     * @param track number of the track, from 1
     * @param channels as they are decoded, which may be others than the source declares
     */
    void channels(int track, int channels) throws IOException;

    /**
     * Begins a block.
     *
     * @param track number of the track, from 1
     * @param millis presentation time of the first sample; may be negative
     * @return bytes of one sample of all channels
     */
    int begin(int track, long millis) throws IOException;

    /**
     * Takes a piece of the block that was begun.
     *
     * @param bytes valid until the call returns
     * @param length of what counts of them
     */
    void accept(byte[] bytes, int length) throws IOException, ProcessingException;
  }

  /**
   * Reads to the end of the stream, which may also come within an element.
   *
   * @throws MalformedStreamException if the bytes are no Matroska stream
   */
  void readAll() throws IOException, ProcessingException {
    int first = in.read();
    if (first < 0) {
      return;
    }
    try {
      if (id(first) != EBML) {
        throw new MalformedStreamException("the stream does not begin with an EBML header");
      }
      in.skipNBytes(size());
      int next = in.read();
      while (next >= 0) {
        element(id(next), size());
        next = in.read();
      }
    } catch (EOFException e) {
      // the writer was ended within an element; the elements before it count
    }
  }

  private void element(int id, long size) throws IOException, ProcessingException {
    switch (id) {
      case SEGMENT, TRACKS, TRACK_ENTRY, AUDIO, CLUSTER, BLOCK_GROUP -> {
        // their children follow
      }
      case TRACK_NUMBER -> described = (int) number(size);
      case CHANNELS -> sink.channels(described, (int) number(size));
      case TIMESTAMP -> clusterMillis = number(size);
      case SIMPLE_BLOCK, BLOCK -> block(size);
      default -> in.skipNBytes(size);
    }
  }

  private void block(long size) throws IOException, ProcessingException {
    if (size < 4) {
      throw new MalformedStreamException("a block of " + size + " bytes");
    }
    int first = byteValue();
    int idBytes = Integer.numberOfLeadingZeros(first) - 23;
    long track = first & (0xFF >> idBytes);
    for (int i = 1; i < idBytes; i++) {
      track = track << 8 | byteValue();
    }
    short relative = (short) (byteValue() << 8 | byteValue());
    byteValue(); // flags: sound is written without lacing
    int frameBytes = sink.begin((int) track, clusterMillis + relative);
    int most = PIECE_BYTES / frameBytes * frameBytes;
    long left = size - idBytes - 3;
    while (left > 0) {
      int wanted = (int) Math.min(left, most);
      int read = in.readNBytes(piece, 0, wanted);
      if (read < wanted) {
        throw new EOFException();
      }
      sink.accept(piece, read);
      left -= read;
    }
  }

  private long number(long size) throws IOException {
    if (size > 8) {
      throw new MalformedStreamException("a number of " + size + " bytes");
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      value = value << 8 | byteValue();
    }
    return value;
  }

  /** An identifier of one to four bytes, with its length marker. */
  private int id(int first) throws IOException {
    int bytes = Integer.numberOfLeadingZeros(first) - 23;
    if (bytes > 4) {
      throw new MalformedStreamException("an identifier that begins with " + first);
    }
    int value = first;
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | byteValue();
    }
    return value;
  }

  /** A size of one to eight bytes, without its length marker. */
  private long size() throws IOException {
    int first = byteValue();
    int bytes = Integer.numberOfLeadingZeros(first) - 23;
    if (bytes > 8) {
      throw new MalformedStreamException("a size that begins with " + first);
    }
    long value = first & (0xFF >> bytes);
    for (int i = 1; i < bytes; i++) {
      value = value << 8 | byteValue();
    }
    return value;
  }

  private int byteValue() throws IOException {
    int value = in.read();
    if (value < 0) {
      throw new EOFException();
    }
    return value;
  }

  /** Signals data that is no Matroska stream. */
  static final class MalformedStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedStreamException(String found) {
      super("expected a Matroska stream from the decoder, found " + found);
    }
  }
}
