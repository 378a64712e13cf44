package io.maie.edge.audio.decode;

/** An encoding in which ffmpeg hands samples over, little-endian. */
enum SampleEncoding {
  FLOAT_32("pcm_f32le", "A_PCM/FLOAT/IEEE", Float.BYTES),
  INTEGER_16("pcm_s16le", "A_PCM/INT/LIT", Short.BYTES);

  private final String encoder;
  private final String codec;
  private final int bytes;

  SampleEncoding(String encoder, String codec, int bytes) {
    this.encoder = encoder;
    this.codec = codec;
    this.bytes = bytes;
  }

  /**
   * The encoding that Matroska calls {@code codec}.
   *
   * @throws MatroskaReader.MalformedStreamException if there is none
   */
  static SampleEncoding of(String codec) throws MatroskaReader.MalformedStreamException {
    for (SampleEncoding encoding : values()) {
      if (encoding.codec.equals(codec)) {
        return encoding;
      }
    }
    throw new MatroskaReader.MalformedStreamException("a track of '" + codec + "'");
  }

  /** The encoding that holds all that the decoder of {@code stream} makes. */
  static SampleEncoding of(AudioStream stream) {
    return stream.has16Bits() ? INTEGER_16 : FLOAT_32;
  }

  /** Its encoder's name in ffmpeg. */
  String encoder() {
    return encoder;
  }

  /** Bytes of a sample. */
  int bytes() {
    return bytes;
  }
}
