package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import io.maie.edge.asr.moonshine.MoonshineOptions;
import java.time.Duration;
import java.util.List;

/** The settings of how Moonshine models decode. */
final class MoonshineKeys {
  static final Setting<Duration> WINDOW =
      open(
          "asr.moonshine.window",
          SettingTypes.duration(MoonshineOptions.MIN_WINDOW, MoonshineOptions.MAX_WINDOW),
          MoonshineOptions.DEFAULTS.window(),
          "The longest stretch that is heard at once; shorter ones take less memory and cut more"
              + " words.");
  static final Setting<Integer> BEAM_SIZE =
      open(
          "asr.moonshine.beam_size",
          SettingTypes.integer(1, MoonshineOptions.MAX_HYPOTHESES),
          MoonshineOptions.DEFAULTS.beamSize(),
          "Hypotheses that are followed; 1 is greedy and fastest.");
  static final Setting<Integer> TOKENS_PER_SECOND =
      open(
          "asr.moonshine.tokens_per_second",
          SettingTypes.integerOrAuto(MoonshineOptions.MAX_TOKENS_PER_SECOND),
          MoonshineOptions.DEFAULTS.tokensPerSecond(),
          "A text is no longer than that; auto = 7, and 13 in Arabic, Chinese, Japanese, Korean,"
              + " Ukrainian and Vietnamese.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL = List.of(WINDOW, BEAM_SIZE, TOKENS_PER_SECOND);

  private MoonshineKeys() {}
}
