package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format that a chunk {@code fmt} of WAV gives its samples. Numbers that contradict each other
 * are settled by the samples, and so are those that programs often get wrong: integers are called
 * floats, and floats integers.
 */
final class WaveSamples {
  private static final int FORMAT_BYTES = 40;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int USUAL_BITS = 16;
  private static final String PREFIX = "pcm_";

  /** Samples are read otherwise than the header says if that makes them smoother by as much. */
  private static final double SMOOTHER = 0.6;

  private final ByteBlock block;
  private final int kind;
  private final int bits;

  private WaveSamples(ByteBlock block) {
    this.block = block;
    int tag = (int) block.u32le(0) & 0xFFFF;
    this.kind = tag == EXTENSIBLE ? (int) block.u32le(24) & 0xFFFF : tag;
    this.bits = statedBits() == 0 ? bitsOfFrame() : statedBits();
  }

  /**
   * The format of the samples; null if they are compressed, or the header ends early.
   *
   * @param at the position of the content of the chunk
   * @param samples the bytes of the samples
   */
  static @Nullable PcmFormat of(ByteSource source, long at, ByteSpan samples)
      throws IOException, TooMuchToReadException {
    ByteBlock block = source.read(at, FORMAT_BYTES);
    if (block.length() < FORMAT_BYTES) {
      return null;
    }
    PcmNumbers declared = PcmNumbers.ofWave(block);
    PcmNumbers right = declared.corrected();
    boolean isTold =
        right.hertz() > 0
            && right.channels() > 0
            && right.hertz() == declared.hertz()
            && right.channels() == declared.channels();
    if (isTold) {
      return new WaveSamples(block).format(source, samples);
    }
    @Nullable PcmFormat found =
        new WaveSamples(right.inWave(block, FORMAT_BYTES)).format(source, samples);
    return found == null
        ? null
        : new PcmFormat(found.codec(), (int) right.hertz(), right.channels(), true);
  }

  private @Nullable PcmFormat format(ByteSource source, ByteSpan samples)
      throws IOException, TooMuchToReadException {
    @Nullable String codec = codec();
    if (codec == null) {
      return null;
    }
    SampleLook stated = new SampleLook(codec, channels());
    SampleLook look = stated;
    if (isDoubtful()) {
      SampleSurvey survey = new SampleSurvey(source, samples);
      look = survey.smoothest(stated, others(stated), SMOOTHER);
      if (disagrees() && look.codec().equals(codec)) {
        look = survey.ofChannels(look, statedChannels(), frameChannels());
      }
    }
    boolean isMisread =
        kind == 0
            || statedBits() == 0
            || (kind == 3 && bits < 32)
            || disagrees()
            || (isPadded() ? !look.codec().equals(floats(32)) : !look.equals(stated))
            // decoders take 24 bits in 32 for the floats of an old sound editor
            || (isExtensible() && bits == 32 && (block.u32le(16) >>> 16) == 24);
    int rate = (int) Math.min(block.u32le(4), Integer.MAX_VALUE);
    return new PcmFormat(PREFIX + look.codec(), rate, look.channels(), isMisread);
  }

  private boolean isExtensible() {
    return ((int) block.u32le(0) & 0xFFFF) == EXTENSIBLE;
  }

  private int statedBits() {
    return (int) (block.u32le(12) >>> 16);
  }

  private int frameBytes() {
    return (int) block.u32le(12) & 0xFFFF;
  }

  private int statedChannels() {
    return (int) (block.u32le(0) >>> 16);
  }

  /** Bits of a sample, if they are not stated but the bytes of a frame are. */
  private int bitsOfFrame() {
    int channels = Math.max(1, statedChannels());
    return frameBytes() % channels == 0 && frameBytes() > 0
        ? frameBytes() / channels * Byte.SIZE
        : USUAL_BITS;
  }

  private @Nullable String codec() {
    return switch (kind) {
      case 0, 1 -> bits == 8 ? "u8" : integers(isPadded() ? 32 : bits);
      // nobody stores floats of so few bits; recorders that say so store integers
      case 3 -> bits < 32 ? integers(bits) : floats(bits);
      case 6 -> "alaw";
      case 7 -> "mulaw";
      default -> null;
    };
  }

  /** Formats of samples that may be there instead. */
  private Set<SampleLook> others(SampleLook stated) {
    int channels = stated.channels();
    int sampleBytes = frameBytes() / Math.max(1, statedChannels());
    Set<SampleLook> others = new LinkedHashSet<>();
    for (int bytes : new int[] {bits / Byte.SIZE, sampleBytes}) {
      int other = bytes == sampleBytes ? statedChannels() : channels;
      @Nullable String integers = integers(bytes * Byte.SIZE);
      @Nullable String floats = floats(bytes * Byte.SIZE);
      if (integers != null) {
        others.add(new SampleLook(integers, Math.max(1, other)));
      }
      if (floats != null) {
        others.add(new SampleLook(floats, Math.max(1, other)));
      }
    }
    return others;
  }

  /** Returns whether the samples have to tell. */
  private boolean isDoubtful() {
    boolean isLaw = (kind == 6 || kind == 7) && bits != Byte.SIZE;
    boolean isWide = (kind == 1 || kind == 3) && bits == 32;
    return disagrees() || isPadded() || isLaw || isWide;
  }

  private boolean isPadded() {
    return frameBytes() == 4 * statedChannels() && bits == 24;
  }

  /** Returns whether the bytes of a frame are not those of its channels. */
  private boolean disagrees() {
    return frameBytes() > 0 && frameBytes() * Byte.SIZE != statedChannels() * bits && !isPadded();
  }

  /** Channels that fill a frame; 0 if none do. */
  private int frameChannels() {
    return frameBytes() * Byte.SIZE % Math.max(1, bits) == 0
        ? frameBytes() * Byte.SIZE / Math.max(1, bits)
        : 0;
  }

  /** Believes two of the three numbers if they agree on the size of a frame. */
  private int channels() {
    boolean isPaced = block.u32le(8) == block.u32le(4) * frameBytes();
    return disagrees() && isPaced && frameChannels() > 0 ? frameChannels() : statedChannels();
  }

  private static @Nullable String integers(int bits) {
    return bits == 16 || bits == 24 || bits == 32 ? "s" + bits + "le" : null;
  }

  private static @Nullable String floats(int bits) {
    return bits == 32 || bits == 64 ? "f" + bits + "le" : null;
  }
}
