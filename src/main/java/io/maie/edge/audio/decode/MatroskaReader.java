package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

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
  private static final int CODEC_ID = 0x86;
  private static final int CLUSTER = 0x1F43B675;
  private static final int BLOCK_GROUP = 0xA0;
  private static final int TIMESTAMP = 0xE7;
  private static final int SIMPLE_BLOCK = 0xA3;
  private static final int BLOCK = 0xA1;
  private static final int EBML = 0x1A45DFA3;

  /** Names of codecs are shorter. */
  private static final int MOST_NAME_BYTES = 64;

  /** Bytes that are read at once; what a pipe holds. */
  private static final int BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final BlockSink sink;

  /** Bytes that were read and not yet taken. */
  private final ByteBuffer buffer =
      ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN).flip();

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
     * Takes the codec of a track, before its first block.
     *
     * @param track number of the track, from 1
     * @param codec its name in Matroska
     */
    void codec(int track, String codec) throws IOException;

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
     * @param piece whole samples of all channels, little-endian; valid until the call returns
     */
    void accept(ByteBuffer piece) throws IOException, ProcessingException;
  }

  /**
   * Reads to the end of the stream, which may also come within an element.
   *
   * @throws MalformedStreamException if the bytes are no Matroska stream
   */
  void readAll() throws IOException, ProcessingException {
    if (!holds(1)) {
      return;
    }
    try {
      if (id() != EBML) {
        throw new MalformedStreamException("the stream does not begin with an EBML header");
      }
      skip(size());
      while (holds(1)) {
        element(id(), size());
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
      case CODEC_ID -> sink.codec(described, text(size));
      case TIMESTAMP -> clusterMillis = number(size);
      case SIMPLE_BLOCK, BLOCK -> block(size);
      default -> skip(size);
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
    long left = size - idBytes - 3;
    while (left >= frameBytes) {
      require(frameBytes);
      int bytes = (int) Math.min(left, buffer.remaining()) / frameBytes * frameBytes;
      int start = buffer.position();
      sink.accept(buffer.slice(start, bytes).order(ByteOrder.LITTLE_ENDIAN));
      buffer.position(start + bytes);
      left -= bytes;
    }
    skip(left);
  }

  private String text(long size) throws IOException {
    if (size > MOST_NAME_BYTES) {
      throw new MalformedStreamException("a name of " + size + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    require(bytes.length);
    buffer.get(bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
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
  private int id() throws IOException {
    int first = byteValue();
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
    require(1);
    return buffer.get() & 0xFF;
  }

  private void skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0) {
      require(1);
      int part = (int) Math.min(left, buffer.remaining());
      buffer.position(buffer.position() + part);
      left -= part;
    }
  }

  private void require(int bytes) throws IOException {
    if (!holds(bytes)) {
      throw new EOFException();
    }
  }

  /** Reads on if need be; returns whether so many bytes follow. */
  private boolean holds(int bytes) throws IOException {
    while (buffer.remaining() < bytes) {
      buffer.compact();
      int read = in.read(buffer.array(), buffer.position(), buffer.remaining());
      buffer.position(buffer.position() + Math.max(0, read)).flip();
      if (read < 0) {
        return false;
      }
    }
    return true;
  }

  /** Signals data that is no Matroska stream. */
  static final class MalformedStreamException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedStreamException(String found) {
      super("expected a Matroska stream from the decoder, found " + found);
    }
  }
}
