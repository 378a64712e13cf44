package io.maie.edge.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Reads recordings of 16 kHz, one channel and 16 bits. */
final class WaveSamples {
  private WaveSamples() {}

  /** The samples, in [-1, 1]. */
  static float[] read(Path wav) throws Exception {
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(wav.toFile())) {
      ByteBuffer bytes = ByteBuffer.wrap(audio.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      float[] samples = new float[bytes.remaining() / Short.BYTES];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = bytes.getShort() / 32768f;
      }
      return samples;
    }
  }
}
