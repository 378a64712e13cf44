package io.maie.edge.audio.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Numbers with which a header describes uncompressed sound. They depend on each other, so that a
 * missing or absurd one follows from the others.
 *
 * @param hertz samples a second; 0 if nothing tells it
 * @param channels 0 if nothing tells it
 * @param bits of one sample
 * @param frameBytes of one sample of all channels; 0 if the header does not tell
 * @param pace bytes a second; 0 if the header does not tell
 */
record PcmNumbers(long hertz, int channels, int bits, long frameBytes, long pace) {
  private static final int MOST_HERTZ = 768_000;

  /** No recorder is slower; a lower rate counts unless another number contradicts it. */
  private static final int LEAST_HERTZ = 1_000;

  private static final int MOST_CHANNELS = 64;
  private static final int MOST_BITS = 64;
  private static final int USUAL_BITS = 16;

  /** The numbers in a chunk {@code fmt} of WAV. */
  static PcmNumbers ofWave(ByteBlock format) {
    return new PcmNumbers(
        format.u32le(4),
        (int) (format.u32le(0) >>> 16),
        (int) (format.u32le(12) >>> 16),
        format.u32le(12) & 0xFFFF,
        format.u32le(8));
  }

  /**
   * A chunk {@code fmt} of WAV with these numbers; at least one channel.
   *
   * @param length of it, in bytes
   */
  ByteBlock inWave(ByteBlock format, int length) {
    byte[] bytes = format.text(0, length).getBytes(StandardCharsets.ISO_8859_1);
    int count = Math.max(1, channels);
    int frame = count * bits / Byte.SIZE;
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putShort(2, (short) count).putInt(4, (int) hertz).putInt(8, (int) hertz * frame);
    numbers.putShort(12, (short) frame).putShort(14, (short) bits);
    return new ByteBlock(bytes);
  }

  /** The same numbers, with those corrected that cannot be right. */
  PcmNumbers corrected() {
    int size = hasBits() ? bits : bitsByOthers();
    int count = hasChannels() ? channels : channelsByOthers(size);
    return new PcmNumbers(hertzByOthers((long) count * size / Byte.SIZE), count, size, 0, 0);
  }

  private boolean hasBits() {
    return bits > 0 && bits <= MOST_BITS;
  }

  /** More channels than any recorder has are believed if the size of a frame agrees. */
  private boolean hasChannels() {
    boolean isUsual = channels > 0 && channels <= MOST_CHANNELS;
    return isUsual || (channels > 0 && frameBytes == (long) channels * bits / Byte.SIZE);
  }

  private boolean hasHertz() {
    return hertz > 0 && hertz <= MOST_HERTZ;
  }

  private int bitsByOthers() {
    boolean isCounted = channels > 0 && channels <= MOST_CHANNELS;
    if (isCounted && isSize(frameBytes, channels)) {
      return (int) (frameBytes / channels) * Byte.SIZE;
    }
    if (isCounted && hasHertz() && isSize(pace, hertz * channels)) {
      return (int) (pace / (hertz * channels)) * Byte.SIZE;
    }
    return USUAL_BITS;
  }

  private static boolean isSize(long bytes, long samples) {
    long size = bytes % samples == 0 ? bytes / samples : 0;
    return size > 0 && size <= MOST_BITS / Byte.SIZE;
  }

  private int channelsByOthers(int size) {
    int sampleBytes = Math.max(1, size / Byte.SIZE);
    boolean isPaced = frameBytes == 0 && hasHertz() && pace % hertz == 0;
    long frame = isPaced ? pace / hertz : frameBytes;
    boolean isFrame = frame % sampleBytes == 0 && frame / sampleBytes <= MOST_CHANNELS;
    return isFrame ? (int) (frame / sampleBytes) : 0;
  }

  private long hertzByOthers(long bytesOfFrame) {
    long frame = bytesOfFrame > 0 ? bytesOfFrame : frameBytes;
    boolean isFrame = frame > 0 && frame <= MOST_CHANNELS * MOST_BITS / Byte.SIZE;
    boolean isPaced = isFrame && pace > 0 && pace % frame == 0;
    long told = isPaced ? pace / frame : 0;
    boolean isCredible = told >= LEAST_HERTZ && told <= MOST_HERTZ;
    if (hasHertz() && (hertz >= LEAST_HERTZ || !isCredible)) {
      return hertz;
    }
    return isCredible ? told : 0;
  }

  /** Returns whether {@code declared} lacks one of these, or has another. */
  boolean differs(PcmNumbers declared) {
    boolean isUnknown = hertz == 0 || channels == 0;
    return isUnknown
        || hertz != declared.hertz
        || channels != declared.channels
        || bits != declared.bits;
  }
}
