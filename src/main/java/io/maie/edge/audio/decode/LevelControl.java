package io.maie.edge.audio.decode;

import io.maie.edge.audio.LevelCurve;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Brings mono sound to a level at which recognisers work, and writes it as 16-bit samples: one gain
 * for the whole recording, and further gains for stretches of very different level. A recording of
 * usual level passes unchanged.
 */
final class LevelControl {
  /** Loudness from which no gain is needed, in LUFS. */
  private static final double QUIET = -36;

  /** Loudness that quiet recordings are brought to, about that of speech corpora. */
  private static final double TARGET = -23;

  /** Loudness from which a recording beside bursts is lowered. */
  private static final double LOUD = -9;

  private static final double MAX_GAIN = 70;

  /** Share of samples that may exceed full scale after the gain; they are rounded off, not cut. */
  private static final double PEAK_SHARE = 1e-4;

  /** Float recordings above this were not cut at full scale. */
  private static final float OVER_SCALE = 1.6f;

  private static final float CUT = 0.96875f;

  private final ChannelMeter meter;
  private final AmplitudeHistogram amplitudes;

  private final MonoSound sound;
  private final SoundLevel level;

  LevelControl(Mixer.MeteredSound metered) {
    this.meter = metered.channel();
    this.amplitudes = metered.meter().amplitudes();
    this.sound = metered.sound();
    this.level = measured(new SlowGain(metered.meter().levels(0)));
  }

  /** The measurement, and the gains that follow from it. */
  SoundLevel level() {
    return level;
  }

  private SoundLevel measured(SlowGain slow) {
    boolean hasBursts = slow.hasBursts();
    double loudness = hasBursts ? slow.loudnessBetweenBursts() : meter.loudness();
    double gain = hasBursts ? gainBetweenBursts(loudness) : gain(loudness);
    byte[] further = slow.gains(loudness, gain);
    float peak = amplitudes.peak();
    float limit = peak > OVER_SCALE ? peak * CUT : CUT;
    double clipped = peak < CUT ? 0 : amplitudes.shareAbove(limit);
    return new SoundLevel(loudness, new LevelCurve(gain, peak, further), clipped);
  }

  /** Peaks tell nothing then. */
  private static double gainBetweenBursts(double loudness) {
    if (loudness < QUIET) {
      return Math.min(MAX_GAIN, TARGET - loudness);
    }
    return Math.min(0, LOUD - loudness);
  }

  private double gain(double loudness) {
    double headroom = -20 * Math.log10(Math.max(1e-12, amplitudes.amplitudeBelow(PEAK_SHARE)));
    if (amplitudes.peak() > 1 && headroom < 0) {
      return headroom;
    }
    boolean isRaised = loudness < QUIET && ChannelMix.varies(meter);
    return isRaised ? Math.max(0, Math.min(MAX_GAIN, Math.min(TARGET - loudness, headroom))) : 0;
  }

  /**
   * Writes the sound changed by the gains; returns the number of samples. Sound that passes
   * unchanged was written while it was made.
   */
  long write(Path pcm, FreeSpace space) throws IOException, ProcessingException {
    LevelCurve curve = level.curve();
    if (curve.isUnchanged()) {
      sound.movePcm(pcm);
      return sound.samples();
    }
    space.require(sound.samples() * PcmFile.BYTES_PER_SAMPLE);
    try (SoundFile.Reader reader = sound.read();
        PcmWriter out = new PcmWriter(pcm, space)) {
      int count = reader.next();
      while (count > 0) {
        float[] values = reader.block()[0];
        for (int i = 0; i < count; i++) {
          values[i] = curve.apply(values[i], out.samples() + i);
        }
        out.append(values, count);
        count = reader.next();
      }
      out.finish();
      return out.samples();
    }
  }
}
