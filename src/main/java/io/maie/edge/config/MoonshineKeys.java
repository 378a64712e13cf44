package io.maie.edge.config;

import io.maie.edge.asr.moonshine.MoonshineOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.time.Duration;

/** The settings of how Moonshine models decode. */
final class MoonshineKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Duration> WINDOW =
      KEYS.open(
          "asr.moonshine.window",
          SettingTypes.duration(MoonshineOptions.MIN_WINDOW, MoonshineOptions.MAX_WINDOW),
          MoonshineOptions.DEFAULTS.window(),
          "The longest stretch that is heard at once; shorter ones take less memory and cut more"
              + " words.");
  static final Key<Integer> BEAM_SIZE =
      KEYS.open(
          "asr.moonshine.beam_size",
          Types.integer(1, MoonshineOptions.MAX_HYPOTHESES),
          MoonshineOptions.DEFAULTS.beamSize(),
          "Hypotheses that are followed; 1 is greedy and fastest.");
  static final Key<Integer> TOKENS_PER_SECOND =
      KEYS.open(
          "asr.moonshine.tokens_per_second",
          SettingTypes.integerOrAuto(MoonshineOptions.MAX_TOKENS_PER_SECOND),
          MoonshineOptions.DEFAULTS.tokensPerSecond(),
          "A text is no longer than that; auto = 7, and 13 in Arabic, Chinese, Japanese, Korean,"
              + " Ukrainian and Vietnamese.");

  private MoonshineKeys() {}
}
