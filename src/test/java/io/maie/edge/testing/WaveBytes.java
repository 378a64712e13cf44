package io.maie.edge.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Whole WAV files with random sound, made in memory. */
public final class WaveBytes {

  private WaveBytes() {}

  /** 16-bit mono at 16 kHz with {@code samples} samples that follow from {@code seed}. */
  public static byte[] noise(int samples, long seed) {
    byte[] sound = new byte[2 * samples];
    new Random(seed).nextBytes(sound);
    return wave(sound);
  }

  /** 16-bit mono at 16 kHz; what is beyond -1 to 1 is cut off. */
  public static byte[] of(float[] samples) {
    ByteBuffer sound = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float sample : samples) {
      sound.putShort((short) Math.round(Math.max(-1, Math.min(1, sample)) * Short.MAX_VALUE));
    }
    return wave(sound.array());
  }

  private static byte[] wave(byte[] sound) {
    return wave(36 + sound.length, sound.length, sound);
  }

  /** 16-bit mono at 16 kHz whose header declares other sizes of the file and of its sound. */
  public static byte[] wave(long riffBytes, long dataBytes, byte[] sound) {
    return ByteBuffer.allocate(44 + sound.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) riffBytes)
        .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
        .putInt(16)
        .putShort((short) 1)
        .putShort((short) 1)
        .putInt(16_000)
        .putInt(32_000)
        .putShort((short) 2)
        .putShort((short) 16)
        .put("data".getBytes(StandardCharsets.US_ASCII))
        .putInt((int) dataBytes)
        .put(sound)
        .array();
  }
}
