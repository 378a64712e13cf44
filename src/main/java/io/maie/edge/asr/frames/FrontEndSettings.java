package io.maie.edge.asr.frames;

import io.maie.edge.audio.Waveform;
import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.dsp.FramePadding;
import io.maie.edge.dsp.KaldiFilterBank;
import io.maie.edge.dsp.KaldiFilterBankOptions;
import io.maie.edge.dsp.LogMelOptions;
import io.maie.edge.dsp.LogMelSpectrogram;
import io.maie.edge.dsp.MelBands;
import io.maie.edge.dsp.MelNorm;
import io.maie.edge.dsp.MelScale;
import io.maie.edge.dsp.WaveformNormalization;
import io.maie.edge.dsp.WindowFunction;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import java.util.Arrays;
import java.util.Optional;

/** Makes the front end that the section {@code frontend} of a manifest describes. */
public final class FrontEndSettings {
  private static final int MIN_SAMPLES = 1600;
  private static final int WINDOW = Waveform.SAMPLE_RATE / 40;
  private static final int HOP = Waveform.SAMPLE_RATE / 100;
  private static final double PREEMPHASIS = 0.97;

  /** Full scale of 16-bit integers, on which wenet trains. */
  private static final double INT16_SCALE = 32_768;

  private FrontEndSettings() {}

  /**
   * Reads the section. Short windows are filled up with zeros: some graphs fail on less than a
   * frame or two.
   */
  public static FrontEnd read(ManifestSection section, FeatureLayout layout)
      throws ProcessingException {
    FrontEnd frontEnd = frontEnd(section, layout);
    return samples ->
        frontEnd.compute(
            samples.length < MIN_SAMPLES ? Arrays.copyOf(samples, MIN_SAMPLES) : samples);
  }

  private static FrontEnd frontEnd(ManifestSection section, FeatureLayout layout)
      throws ProcessingException {
    Type type = section.choice("type", Type.class);
    if ((type == Type.WAVEFORM) != (layout == FeatureLayout.SAMPLES)) {
      throw section.invalid("type", "'waveform' with layout 'samples' and only there");
    }
    try {
      return switch (type) {
        case LOG_MEL -> logMel(section, layout);
        case KALDI_FBANK -> kaldi(section, layout);
        case WAVEFORM -> waveform(section);
      };
    } catch (IllegalArgumentException e) {
      throw section.invalid("type", "a possible front end (" + e.getMessage() + ")", e);
    }
  }

  private static FrontEnd logMel(ManifestSection section, FeatureLayout layout)
      throws ProcessingException {
    section.requireOnly(
        "type",
        "bands",
        "n_fft",
        "window",
        "hop",
        "window_function",
        "preemphasis",
        "mel_scale",
        "mel_norm",
        "low_hz",
        "high_hz",
        "log_offset",
        "center",
        "pad",
        "normalize",
        "count");
    boolean normalizes = normalizes(section);
    boolean countsHops = section.choiceOr("count", Count.FRAMES) == Count.HOPS;
    int hop = section.integerOr("hop", HOP);
    LogMelSpectrogram spectrogram = new LogMelSpectrogram(logMelOptions(section, hop));
    return samples -> {
      FeatureMatrix features = spectrogram.compute(samples);
      int counted = countsHops ? samples.length / hop : features.frames();
      if (normalizes) {
        features.normalizeBands(counted);
      }
      return layout.arrange(features).counted(counted);
    };
  }

  private static boolean normalizes(ManifestSection section) throws ProcessingException {
    return section.choiceOr("normalize", Normalization.NONE) == Normalization.PER_FEATURE;
  }

  private static LogMelOptions logMelOptions(ManifestSection section, int hop)
      throws ProcessingException {
    return new LogMelOptions(
        bands(section, 0),
        section.choiceOr("mel_scale", MelScale.SLANEY),
        section.choiceOr("mel_norm", MelNorm.SLANEY),
        section.integer("n_fft"),
        section.integerOr("window", WINDOW),
        hop,
        section.choiceOr("window_function", WindowFunction.HANN_SYMMETRIC),
        padding(section),
        section.numberOr("preemphasis", 0),
        section.number("log_offset"));
  }

  private static FramePadding padding(ManifestSection section) throws ProcessingException {
    if (!section.flagOr("center", true)) {
      return FramePadding.NONE;
    }
    return section.choiceOr("pad", Padding.CONSTANT) == Padding.REFLECT
        ? FramePadding.REFLECT
        : FramePadding.ZEROS;
  }

  private static FrontEnd kaldi(ManifestSection section, FeatureLayout layout)
      throws ProcessingException {
    section.requireOnly(
        "type",
        "bands",
        "window",
        "hop",
        "window_function",
        "preemphasis",
        "low_hz",
        "high_hz",
        "scale",
        "snip_edges",
        "stack",
        "normalize");
    boolean normalizes = normalizes(section);
    KaldiFilterBank filterBank =
        new KaldiFilterBank(
            new KaldiFilterBankOptions(
                bands(section, 20),
                section.integerOr("window", WINDOW),
                section.integerOr("hop", HOP),
                section.choiceOr("window_function", WindowFunction.POVEY),
                section.numberOr("preemphasis", PREEMPHASIS),
                section.numberOr("scale", INT16_SCALE),
                section.flagOr("snip_edges", true)));
    Optional<StackedFrames> stack = StackedFrames.read(section);
    return samples -> {
      FeatureMatrix filtered = filterBank.compute(samples);
      FeatureMatrix features = stack.map(each -> each.of(filtered)).orElse(filtered);
      if (normalizes) {
        features.normalizeBands();
      }
      return layout.arrange(features);
    };
  }

  private static FrontEnd waveform(ManifestSection section) throws ProcessingException {
    section.requireOnly("type", "normalize");
    boolean normalizes =
        section.choiceOr("normalize", WaveformScale.ZERO_MEAN_UNIT_VARIANCE)
            == WaveformScale.ZERO_MEAN_UNIT_VARIANCE;
    return samples -> {
      float[] input = normalizes ? WaveformNormalization.zeroMeanUnitVariance(samples) : samples;
      return new Features(input, new long[] {1, input.length}, input.length);
    };
  }

  private static MelBands bands(ManifestSection section, double lowHz) throws ProcessingException {
    return new MelBands(
        section.integer("bands"),
        section.numberOr("low_hz", lowHz),
        section.numberOr("high_hz", 0),
        Waveform.SAMPLE_RATE);
  }

  /** Values of {@code type}. */
  private enum Type {
    LOG_MEL,
    KALDI_FBANK,
    WAVEFORM
  }

  /** Values of {@code pad}. */
  private enum Padding {
    CONSTANT,
    REFLECT
  }

  /** Values of {@code count}: the number of frames that a model gets as an input. */
  private enum Count {
    /** All there are. */
    FRAMES,
    /** One for each hop of the samples; where frames are centred, the last one does not count. */
    HOPS
  }

  /** Values of {@code normalize} for features. */
  private enum Normalization {
    NONE,
    PER_FEATURE
  }

  /** Values of {@code normalize} for waveforms. */
  private enum WaveformScale {
    NONE,
    ZERO_MEAN_UNIT_VARIANCE
  }
}
