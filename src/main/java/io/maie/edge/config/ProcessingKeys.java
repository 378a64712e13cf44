package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.task.TaskLimits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings for processing one recording. */
final class ProcessingKeys {
  static final Setting<Long> LIMITS_MAX_FILE_SIZE =
      open(
          "limits.max_file_size",
          SettingTypes.size(),
          DecodeOptions.DEFAULTS.maxBytes(),
          "Larger recordings fail with FILE_TOO_LARGE.");
  static final Setting<Duration> LIMITS_MIN_DURATION =
      open(
          "limits.min_duration",
          SettingTypes.duration(),
          DecodeOptions.DEFAULTS.minDuration(),
          "Shorter recordings fail with AUDIO_TOO_SHORT.");
  static final Setting<Duration> LIMITS_MAX_DURATION =
      open(
          "limits.max_duration",
          SettingTypes.positiveDuration(),
          DecodeOptions.DEFAULTS.maxDuration(),
          "Longer recordings fail with AUDIO_TOO_LONG.");
  static final Setting<Integer> LIMITS_MAX_CHANNELS =
      open(
          "limits.max_channels",
          SettingTypes.integer(1, 1_024),
          DecodeOptions.DEFAULTS.maxChannels(),
          "Recordings with more channels are refused.");
  static final Setting<Integer> LIMITS_MAX_SAMPLE_RATE =
      open(
          "limits.max_sample_rate",
          SettingTypes.integer(8_000, 10_000_000),
          DecodeOptions.DEFAULTS.maxSampleRate(),
          "Recordings with a higher sample rate, in Hz, are refused.");
  static final Setting<Duration> LIMITS_STAGE_STALL =
      open(
          "limits.stage_stall",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.stall(),
          "A stage without any progress for this long is stopped.");
  static final Setting<Duration> LIMITS_TASK_TIME =
      open(
          "limits.task_time",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.total(),
          "A task that takes longer in one attempt is stopped.");
  static final Setting<Duration> LIMITS_STOP_TIME =
      open(
          "limits.stop_time",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(1),
          "The time that a running task may take to stop when the program ends; below"
              + " TimeoutStopSec.");

  static final Setting<Integer> RETRY_MAX_CRASHES =
      open(
          "retry.max_crashes",
          SettingTypes.integer(1, 9),
          TaskLimits.DEFAULTS.crashes(),
          "A recording that took the program down this often at one place fails with POISON_FILE.");
  static final Setting<Integer> RETRY_MAX_POWER_CUTS =
      open(
          "retry.max_power_cuts",
          SettingTypes.integer(1, 1_000),
          TaskLimits.DEFAULTS.powerCuts(),
          "The same for restarts of the whole machine, and for crashes outside of the content.");
  static final Setting<Integer> RETRY_MAX_FAILURES =
      open(
          "retry.max_failures",
          SettingTypes.integer(1, 100),
          TaskLimits.DEFAULTS.failures(),
          "A failure that might go away is final after this many attempts.");
  static final Setting<Duration> RETRY_FIRST_PAUSE =
      open(
          "retry.first_pause",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.firstPause(),
          "The pause before the second attempt; it doubles with every further one.");
  static final Setting<Duration> RETRY_LONGEST_PAUSE =
      open(
          "retry.longest_pause",
          SettingTypes.positiveDuration(),
          TaskLimits.DEFAULTS.longestPause(),
          "The pause between attempts grows no longer than this.");
  static final Setting<String> FFMPEG_PATH =
      open("ffmpeg.path", SettingTypes.text(), "ffmpeg", "The ffmpeg program, by name or path.");
  static final Setting<Duration> FFMPEG_STALL =
      open(
          "ffmpeg.stall",
          SettingTypes.positiveDuration(),
          DecodeOptions.DEFAULTS.stallTimeout(),
          "Decoding is stopped when it gives no sound for this long.");
  static final Setting<String> FFPROBE_PATH =
      open("ffprobe.path", SettingTypes.text(), "ffprobe", "The ffprobe program, by name or path.");
  static final Setting<Duration> FFPROBE_TIMEOUT =
      open(
          "ffprobe.timeout",
          SettingTypes.positiveDuration(),
          DecodeOptions.DEFAULTS.probeTimeout(),
          "The time that the inspection of a file may take.");
  static final Setting<Optional<String>> VAD_MODEL =
      open(
          "vad.model",
          SettingTypes.nameOrAuto(),
          Optional.empty(),
          "The voice activity model, a folder under models/; auto = the best one there.");
  static final Setting<Duration> VAD_MIN_SPEECH =
      open(
          "vad.min_speech",
          SettingTypes.duration(),
          Duration.ofMillis(200),
          "Shorter sounds are not speech.");
  static final Setting<Duration> VAD_MIN_SILENCE =
      open(
          "vad.min_silence",
          SettingTypes.duration(),
          Duration.ofMillis(500),
          "A pause must last this long to end a speech region.");
  static final Setting<Optional<Duration>> VAD_MAX_SPEECH =
      open(
          "vad.max_speech",
          SettingTypes.orOff(SettingTypes.positiveDuration()),
          Optional.empty(),
          "Longer speech regions are split at their best pause.");
  static final Setting<Duration> VAD_PADDING =
      open(
          "vad.padding",
          SettingTypes.duration(),
          Duration.ofMillis(400),
          "Added on both sides of each speech region; with less, first and last words get lost.");
  static final Setting<Optional<String>> ASR_MODEL =
      open(
          "asr.model",
          SettingTypes.nameOrAuto(),
          Optional.empty(),
          "The speech model, a folder under models/; auto = of those that know the recording's"
              + " language, one that was added before one that ships, then the largest.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL =
      List.of(
          LIMITS_MAX_FILE_SIZE,
          LIMITS_MIN_DURATION,
          LIMITS_MAX_DURATION,
          LIMITS_MAX_CHANNELS,
          LIMITS_MAX_SAMPLE_RATE,
          LIMITS_STAGE_STALL,
          LIMITS_TASK_TIME,
          LIMITS_STOP_TIME,
          RETRY_MAX_CRASHES,
          RETRY_MAX_POWER_CUTS,
          RETRY_MAX_FAILURES,
          RETRY_FIRST_PAUSE,
          RETRY_LONGEST_PAUSE,
          FFMPEG_PATH,
          FFMPEG_STALL,
          FFPROBE_PATH,
          FFPROBE_TIMEOUT,
          VAD_MODEL,
          VAD_MIN_SPEECH,
          VAD_MIN_SILENCE,
          VAD_MAX_SPEECH,
          VAD_PADDING,
          ASR_MODEL);

  private ProcessingKeys() {}
}
