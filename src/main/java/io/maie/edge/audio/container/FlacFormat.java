package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * FLAC (RFC 9639). The header declares the number of samples; the last frame must end with the last
 * byte, pass its checksums, and reach that number.
 */
final class FlacFormat implements ContainerFormat {
  private static final int BLOCK_HEADER = 4;
  private static final int STREAM_INFO = 34;
  private static final int MOST_BLOCKS = 512;

  /** Position of the smallest and the largest block size, of two bytes each. */
  private static final int BLOCK_SIZES = 8;

  /** Enough for the header of a frame. */
  private static final int FRAME_HEADER = 32;

  /** Size up to which a last frame is looked for, also where the header declares a smaller one. */
  private static final int USUAL_FRAME = 256 * 1024;

  /** The largest last frame that is looked for. */
  private static final int LARGEST_FRAME = 2 * 1024 * 1024;

  /** An ID3v1 tag that some programs append. */
  private static final int TAG_BYTES = 128;

  @Override
  public boolean recognises(ByteBlock head) {
    return head.hasText(0, "fLaC");
  }

  @Override
  public Completeness judge(ByteSource source) throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(0, 4 + BLOCK_HEADER + STREAM_INFO);
    if (head.length() < 4 + BLOCK_HEADER + STREAM_INFO) {
      return Completeness.incomplete("the FLAC header is cut off");
    }
    StreamHeader declared = StreamHeader.of(head, 4 + BLOCK_HEADER);
    long frames = framesStart(source);
    if (frames >= source.size()) {
      return Completeness.incomplete("the FLAC file ends before the sound begins");
    }
    if (declared.samples() == 0) {
      return Completeness.growing("the FLAC header does not say yet how long the sound is");
    }
    int blockSize = FlacTail.fixedBlockSize(source.read(frames, FRAME_HEADER));
    return judgeEnd(source, declared.withBlockSize(blockSize), frames);
  }

  /**
   * Decoders compute the time of a frame from its number and the block size of the header, where
   * all blocks are equal. The first frame tells the true one, unless it is the only one.
   */
  static List<Correction> corrections(ByteSource source)
      throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(0, 4 + BLOCK_HEADER + STREAM_INFO);
    boolean hasHeader = head.length() == 4 + BLOCK_HEADER + STREAM_INFO;
    if (!hasHeader) {
      return List.of();
    }
    StreamHeader declared = StreamHeader.of(head, 4 + BLOCK_HEADER);
    int first = FlacTail.fixedBlockSize(source.read(framesStart(source), FRAME_HEADER));
    boolean isOnly = declared.samples() > 0 && declared.samples() <= first;
    // a header that was never filled tells nothing at all
    boolean isFilled = declared.sampleRate() > 0;
    boolean isWrong = first > 0 && first != declared.blockSize() && isFilled && !isOnly;
    return isWrong
        ? List.of(Correction.u32(BLOCK_SIZES, (long) first << Short.SIZE | first))
        : List.of();
  }

  private static long framesStart(ByteSource source) throws IOException, TooMuchToReadException {
    long at = 4;
    for (int count = 0; count < MOST_BLOCKS; count++) {
      ByteBlock header = source.read(at, BLOCK_HEADER);
      if (header.length() < BLOCK_HEADER) {
        return source.size();
      }
      at += BLOCK_HEADER + header.bigEndian(1, 3);
      if ((header.u8(0) & 0x80) != 0) {
        return at;
      }
    }
    throw new TooMuchToReadException();
  }

  private static Completeness judgeEnd(ByteSource source, StreamHeader info, long frames)
      throws IOException, TooMuchToReadException {
    boolean isTagged = source.tail(TAG_BYTES).hasText(0, "TAG");
    long end = isTagged ? source.size() - TAG_BYTES : source.size();
    int reach = Math.max(info.largestFrame(), USUAL_FRAME);
    int window = (int) Math.min(Math.min(reach, LARGEST_FRAME), end - frames);
    ByteBlock tail = source.read(end - window, window);
    FlacTail found = FlacTail.of(tail, info);
    if (found.isComplete()) {
      return Completeness.whole(
          "the FLAC frames reach the declared " + seconds(info.samples(), info));
    }
    if (found.samplesReached() == info.samples()) {
      return Completeness.cannotTell("the last FLAC frame is cut off or followed by other bytes");
    }
    boolean isCertain = info.largestFrame() > 0 || found.samplesReached() > 0 || tail.isZero();
    return isCertain
        ? Completeness.incomplete(
            String.format(
                "the FLAC header declares %s, the frames reach %s",
                seconds(info.samples(), info), seconds(found.samplesReached(), info)))
        : Completeness.cannotTell("the last FLAC frame was not found");
  }

  private static String seconds(long samples, StreamHeader info) {
    return samples == 0
        ? "an unknown time"
        : String.format(Locale.ROOT, "%.1f s", samples / (double) Math.max(1, info.sampleRate()));
  }

  /**
   * Content of the first metadata block.
   *
   * @param blockSize samples per frame of a stream with fixed blocks
   * @param largestFrame in bytes; 0 if not known
   * @param samples per channel; 0 if not known
   */
  record StreamHeader(int blockSize, int largestFrame, int sampleRate, long samples) {

    static StreamHeader of(ByteBlock block, int offset) {
      return new StreamHeader(
          (int) block.bigEndian(offset + 2, 2),
          (int) block.bigEndian(offset + 7, 3),
          (int) (block.bigEndian(offset + 10, 3) >> 4),
          block.bigEndian(offset + 13, 5) & 0xF_FFFF_FFFFL);
    }

    /** The same with the block size that a frame told; unchanged if it told none. */
    StreamHeader withBlockSize(int told) {
      return told > 0 ? new StreamHeader(told, largestFrame, sampleRate, samples) : this;
    }
  }
}
