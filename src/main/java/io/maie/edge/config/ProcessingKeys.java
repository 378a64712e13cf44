package io.maie.edge.config;

import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import io.maie.edge.task.TaskLimits;
import java.time.Duration;
import java.util.Optional;

/** The settings for processing one recording. */
final class ProcessingKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Long> LIMITS_MAX_FILE_SIZE =
      KEYS.open(
          "limits.max_file_size",
          SettingTypes.size(),
          DecodeOptions.DEFAULTS.maxBytes(),
          "Larger recordings fail with FILE_TOO_LARGE.");
  static final Key<Duration> LIMITS_MIN_DURATION =
      KEYS.open(
          "limits.min_duration",
          SettingTypes.duration(),
          DecodeOptions.DEFAULTS.minDuration(),
          "Shorter recordings fail with AUDIO_TOO_SHORT.");
  static final Key<Duration> LIMITS_MAX_DURATION =
      KEYS.open(
          "limits.max_duration",
          SettingTypes.positiveDuration(),
          DecodeOptions.DEFAULTS.maxDuration(),
          "Longer recordings fail with AUDIO_TOO_LONG.");
  static final Key<Integer> LIMITS_MAX_CHANNELS =
      KEYS.open(
          "limits.max_channels",
          Types.integer(1, 1_024),
          DecodeOptions.DEFAULTS.maxChannels(),
          "Recordings with more channels are refused.");
  static final Key<Integer> LIMITS_MAX_SAMPLE_RATE =
      KEYS.open(
          "limits.max_sample_rate",
          Types.integer(8_000, 10_000_000),
          DecodeOptions.DEFAULTS.maxSampleRate(),
          "Recordings with a higher sample rate, in Hz, are refused.");
  static final Key<Duration> LIMITS_STAGE_STALL =
      KEYS.open(
          "limits.stage_stall",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.stall(),
          "A stage without any progress for this long is stopped.");
  static final Key<Duration> LIMITS_TASK_TIME =
      KEYS.open(
          "limits.task_time",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.total(),
          "A task that takes longer in one attempt is stopped.");
  static final Key<Duration> LIMITS_STOP_TIME =
      KEYS.open(
          "limits.stop_time",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(1),
          "The time that a running task may take to stop when the program ends; below"
              + " TimeoutStopSec.");

  static final Key<Integer> RETRY_MAX_CRASHES =
      KEYS.open(
          "retry.max_crashes",
          Types.integer(1, 9),
          TaskLimits.DEFAULTS.crashes(),
          "A recording that took the program down this often at one place fails with POISON_FILE.");
  static final Key<Integer> RETRY_MAX_POWER_CUTS =
      KEYS.open(
          "retry.max_power_cuts",
          Types.integer(1, 1_000),
          TaskLimits.DEFAULTS.powerCuts(),
          "The same for restarts of the whole machine, and for crashes outside of the content.");
  static final Key<Integer> RETRY_MAX_FAILURES =
      KEYS.open(
          "retry.max_failures",
          Types.integer(1, 100),
          TaskLimits.DEFAULTS.failures(),
          "A failure that might go away is final after this many attempts.");
  static final Key<Duration> RETRY_FIRST_PAUSE =
      KEYS.open(
          "retry.first_pause",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.firstPause(),
          "The pause before the second attempt; it doubles with every further one.");
  static final Key<Duration> RETRY_LONGEST_PAUSE =
      KEYS.open(
          "retry.longest_pause",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.longestPause(),
          "The pause between attempts grows no longer than this.");
  static final Key<String> FFMPEG_PATH =
      KEYS.open("ffmpeg.path", Types.line(), "ffmpeg", "The ffmpeg program, by name or path.");
  static final Key<Duration> FFMPEG_STALL =
      KEYS.open(
          "ffmpeg.stall",
          SettingTypes.positiveDuration(),
          DecodeOptions.DEFAULTS.stallTimeout(),
          "Decoding is stopped when it gives no sound for this long.");
  static final Key<String> FFPROBE_PATH =
      KEYS.open("ffprobe.path", Types.line(), "ffprobe", "The ffprobe program, by name or path.");
  static final Key<Duration> FFPROBE_TIMEOUT =
      KEYS.open(
          "ffprobe.timeout",
          SettingTypes.positiveDuration(),
          DecodeOptions.DEFAULTS.probeTimeout(),
          "The time that the inspection of a file may take.");
  static final Key<Optional<String>> VAD_MODEL =
      KEYS.open(
          "vad.model",
          Types.orAuto(Types.name()),
          Optional.empty(),
          "The voice activity model, a folder under models/; auto = the best one there.");
  static final Key<Duration> VAD_MIN_SPEECH =
      KEYS.open(
          "vad.min_speech",
          SettingTypes.duration(),
          Duration.ofMillis(200),
          "Shorter sounds are not speech.");
  static final Key<Duration> VAD_MIN_SILENCE =
      KEYS.open(
          "vad.min_silence",
          SettingTypes.duration(),
          Duration.ofMillis(500),
          "A pause must last this long to end a speech region.");
  static final Key<Optional<Duration>> VAD_MAX_SPEECH =
      KEYS.open(
          "vad.max_speech",
          Types.orOff(SettingTypes.positiveDuration()),
          Optional.empty(),
          "Longer speech regions are split at their best pause.");
  static final Key<Duration> VAD_PADDING =
      KEYS.open(
          "vad.padding",
          SettingTypes.duration(),
          Duration.ofMillis(400),
          "Added on both sides of each speech region; with less, first and last words get lost.");
  static final Key<Optional<String>> ASR_MODEL =
      KEYS.open(
          "asr.model",
          Types.orAuto(Types.name()),
          Optional.empty(),
          "The speech model, a folder under models/; auto = of those that know the recording's"
              + " language, one that was added before one that ships, then the largest.");

  private ProcessingKeys() {}
}
