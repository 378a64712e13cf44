package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Equality with features frozen by src/test/python/dsp_golden.py. */
final class FrontEndGoldenTest {
  /** The references are stored as 32-bit floats of magnitude 20; both sides compute in 64 bits. */
  private static final float TOLERANCE = 1e-5f;

  private static final LogMelOptions NEMO = nemo(FramePadding.ZEROS);

  @Test
  void logMelEqualsNemo() throws Exception {
    assertEqual(new LogMelSpectrogram(NEMO).compute(signal()), "nemo_log_mel");
  }

  @Test
  void logMelWithMirroredEndsEqualsTorch() throws Exception {
    assertEqual(
        new LogMelSpectrogram(nemo(FramePadding.REFLECT)).compute(signal()),
        "nemo_log_mel_reflect");
  }

  @Test
  void perFeatureNormalizationEqualsNemo() throws Exception {
    FeatureMatrix features = new LogMelSpectrogram(NEMO).compute(signal());

    features.normalizeBands();

    assertEqual(features, "nemo_log_mel_per_feature");
  }

  @Test
  void filterBankEqualsKaldi() throws Exception {
    assertEqual(new KaldiFilterBank(kaldi(0)).compute(signal()), "kaldi_fbank");
  }

  @Test
  void filterBankBelowNyquistEqualsKaldi() throws Exception {
    assertEqual(new KaldiFilterBank(kaldi(-400)).compute(signal()), "kaldi_fbank_high_minus_400");
  }

  @Test
  void waveformEqualsWav2vec() throws Exception {
    float[] expected = floats("wav2vec2_waveform");

    assertThat(WaveformNormalization.zeroMeanUnitVariance(signal()))
        .containsExactly(expected, within(TOLERANCE));
  }

  @Test
  void aTransposedMatrixHasBandsAsRows() throws Exception {
    FeatureMatrix features = new LogMelSpectrogram(NEMO).compute(signal());

    float[] turned = features.transposed();

    assertThat(turned[7 * features.frames() + 11]).isEqualTo(features.at(11, 7));
  }

  @Test
  void framesOfALongSignalAreThoseOfItsParts() throws Exception {
    float[] samples = repeated(signal(), 5);
    KaldiFilterBank filterBank = new KaldiFilterBank(kaldi(0));
    LogMelSpectrogram spectrogram = new LogMelSpectrogram(nemo(FramePadding.NONE));

    FeatureMatrix energies = filterBank.compute(samples);
    FeatureMatrix logMel = spectrogram.compute(samples);

    assertThat(energies.frames()).isEqualTo(248);
    assertThat(logMel.frames()).isEqualTo(247);
    for (int t = 0; t < logMel.frames(); t++) {
      float[] part = Arrays.copyOfRange(samples, t * 160, t * 160 + 512);
      assertThat(filterBank.compute(part).at(0, 40)).isEqualTo(energies.at(t, 40));
      assertThat(spectrogram.compute(part).at(0, 40)).isEqualTo(logMel.at(t, 40));
    }
  }

  @Test
  void aSignalShorterThanAFrameHasNoKaldiFrames() {
    assertThat(new KaldiFilterBank(kaldi(0)).compute(new float[399]).frames()).isZero();
    assertThat(new KaldiFilterBank(kaldi(0)).compute(new float[400]).frames()).isEqualTo(1);
  }

  @Test
  void centredFramesExistForAnySignal() {
    LogMelSpectrogram spectrogram = new LogMelSpectrogram(NEMO);

    assertThat(spectrogram.compute(new float[0]).frames()).isZero();
    assertThat(spectrogram.compute(new float[1]).frames()).isEqualTo(1);
    assertThat(spectrogram.compute(new float[160]).frames()).isEqualTo(2);
  }

  @Test
  void digitalSilenceIsFinite() {
    FeatureMatrix features = new LogMelSpectrogram(NEMO).compute(new float[1600]);

    features.normalizeBands();

    assertThat(features.values()).containsOnly(0f);
  }

  private static void assertEqual(FeatureMatrix features, String name) throws IOException {
    float[] expected = floats(name);
    assertThat(features.values()).containsExactly(expected, within(TOLERANCE));
  }

  private static LogMelOptions nemo(FramePadding padding) {
    return new LogMelOptions(
        new MelBands(80, 0, 8000, 16_000),
        MelScale.SLANEY,
        MelNorm.SLANEY,
        512,
        400,
        160,
        WindowFunction.HANN_SYMMETRIC,
        padding,
        0.97,
        0x1p-24);
  }

  private static KaldiFilterBankOptions kaldi(double highHz) {
    return new KaldiFilterBankOptions(
        new MelBands(80, 20, highHz, 16_000), 400, 160, WindowFunction.POVEY, 0.97, 32_768, true);
  }

  private static float[] repeated(float[] samples, int times) {
    float[] repeated = new float[times * samples.length];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = samples[i % samples.length];
    }
    return repeated;
  }

  private static float[] signal() throws IOException {
    ByteBuffer bytes = read("signal.s16le");
    float[] samples = new float[bytes.remaining() / Short.BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort() / 32_768f;
    }
    return samples;
  }

  private static float[] floats(String name) throws IOException {
    ByteBuffer bytes = read(name + ".f32le");
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            FrontEndGoldenTest.class.getResourceAsStream("/golden/dsp/" + name), name)) {
      return ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
