package io.maie.edge.audio.decode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Samples of uncompressed sound as numbers, for a look at them. */
final class PcmSamples {
  private PcmSamples() {}

  /**
   * The samples of all channels in turn.
   *
   * @param codec as ffmpeg names it, such as {@code pcm_s16le}
   */
  static float[] of(String codec, byte[] bytes) {
    ByteBuffer buffer =
        ByteBuffer.wrap(bytes)
            .order(codec.endsWith("be") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    int size = size(codec);
    float[] samples = new float[bytes.length / size];
    for (int i = 0; i < samples.length; i++) {
      float value = value(codec, buffer, i * size);
      samples[i] = Float.isFinite(value) ? value : 0;
    }
    return samples;
  }

  private static int size(String codec) {
    String bits = codec.replaceAll("[^0-9]", "");
    return bits.isEmpty() ? 1 : Integer.parseInt(bits) / Byte.SIZE;
  }

  private static float value(String codec, ByteBuffer buffer, int at) {
    return switch (codec) {
      case "pcm_u8" -> (buffer.get(at) & 0xFF) - 128;
      case "pcm_s8" -> buffer.get(at);
      case "pcm_s16le", "pcm_s16be" -> buffer.getShort(at);
      case "pcm_s24le" -> (buffer.get(at + 2) << Byte.SIZE) | (buffer.get(at + 1) & 0xFF);
      case "pcm_s24be" -> (buffer.get(at) << Byte.SIZE) | (buffer.get(at + 1) & 0xFF);
      case "pcm_s32le", "pcm_s32be" -> buffer.getInt(at);
      case "pcm_f32le", "pcm_f32be" -> buffer.getFloat(at);
      case "pcm_f64le", "pcm_f64be" -> (float) buffer.getDouble(at);
      case "pcm_mulaw" -> RawTelephone.muLaw(buffer.get(at));
      case "pcm_alaw" -> RawTelephone.aLaw(buffer.get(at));
      default -> throw new IllegalArgumentException("a codec that is no PCM: " + codec);
    };
  }
}
