package io.maie.edge.asr.seq2seq;

import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/**
 * Measures how much a text repeats itself, as openai/whisper does: by zlib at its default level.
 */
public final class CompressionRatio {

  private CompressionRatio() {}

  /** Bytes of the text over bytes of its zlib stream. */
  public static double of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] sink = new byte[1024];
      while (!deflater.finished()) {
        deflater.deflate(sink);
      }
      return (double) bytes.length / deflater.getBytesWritten();
    } finally {
      deflater.end();
    }
  }
}
