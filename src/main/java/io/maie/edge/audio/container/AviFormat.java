package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;
import java.io.IOException;

/**
 * AVI, as dashboard cameras and old video recorders write it: one RIFF chunk, and further ones
 * named {@code AVIX} in files of more than 1 GB (OpenDML). A recorder writes the sizes when it
 * stops.
 */
final class AviFormat implements ContainerFormat {
  private static final int CHUNK_HEADER = 8;
  private static final int NAME = 12;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.hasText(0, "RIFF") && head.hasText(8, "AVI ");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    long end = 0;
    // some programs forget the padding byte of an odd size
    long unpadded = 0;
    ByteBlock header = source.read(0, NAME);
    while (header.hasText(0, "RIFF") && (end == 0 || header.hasText(8, "AVIX"))) {
      long bytes = header.u32le(4);
      if (WaveFormat.isPlaceholder(bytes) || bytes == 0) {
        return Completeness.growing("the AVI header does not say yet how long the file is");
      }
      unpadded = end + CHUNK_HEADER + bytes;
      end = unpadded + (bytes & 1);
      header = source.read(end, NAME);
    }
    return unpadded > source.size()
        ? Completeness.missing(new Amount("AVI header", unpadded, source.size()))
        : Completeness.whole("the AVI header declares " + Amounts.bytes(end) + ", all are there");
  }
}
