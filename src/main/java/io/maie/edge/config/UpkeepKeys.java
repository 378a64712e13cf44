package io.maie.edge.config;

import static io.maie.edge.config.Setting.open;

import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.retention.RetentionOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of retention, disks, logs and status. */
final class UpkeepKeys {
  static final Setting<Duration> RETENTION_CLEANUP_INTERVAL =
      open(
          "retention.cleanup_interval",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(10),
          "The pause between two cleanups.");
  static final Setting<Duration> RETENTION_ARCHIVE_KEEP =
      open(
          "retention.archive_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.archiveAge(),
          "The time that processed recordings are kept.");
  static final Setting<Long> RETENTION_ARCHIVE_MAX_BYTES =
      open(
          "retention.archive_max_bytes",
          SettingTypes.size(),
          RetentionOptions.DEFAULTS.archiveBytes(),
          "Above this sum the oldest processed recordings go first.");
  static final Setting<Duration> RETENTION_EMERGENCY_ARCHIVE_KEEP =
      open(
          "retention.emergency_archive_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.emergencyArchiveAge(),
          "The time that processed recordings are kept while disk space is short, if that is"
              + " less.");
  static final Setting<Duration> RETENTION_FAILED_KEEP =
      open(
          "retention.failed_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.failedAge(),
          "The time that recordings that failed are kept, with their explanations.");
  static final Setting<Duration> RETENTION_LEFTOVERS_KEEP =
      open(
          "retention.leftovers_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.leftoverAge(),
          "The time that temporary files and folders without a task are kept.");
  static final Setting<Optional<Duration>> RETENTION_RESULTS_KEEP =
      open(
          "retention.results_keep",
          SettingTypes.orOff(SettingTypes.positiveDuration()),
          Optional.empty(),
          "The time that results in the outbox are kept; off = for ever.");
  static final Setting<Duration> RETENTION_STORED_RESULTS_KEEP =
      open(
          "retention.stored_results_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.storedResultAge(),
          "The time that state/results/ keeps the results of recordings from the inbox.");
  static final Setting<Long> DISK_MIN_FREE =
      open(
          "disk.min_free",
          SettingTypes.size(),
          DiskRules.DEFAULTS.minFreeBytes(),
          "With less free space no recording is claimed, and cleanup is in emergency.");
  static final Setting<Double> DISK_MIN_FREE_SHARE =
      open(
          "disk.min_free_share",
          SettingTypes.percent(),
          DiskRules.DEFAULTS.minFreeFraction(),
          "The same as a share of the disk; of both the larger one counts.");
  static final Setting<Double> DISK_WARN_AT =
      open(
          "disk.warn_at",
          SettingTypes.percent(),
          DiskRules.DEFAULTS.warnFraction(),
          "At this use of a disk the status warns, and a cleanup takes place at once.");
  static final Setting<Duration> DISK_CHECK_INTERVAL =
      open(
          "disk.check_interval",
          SettingTypes.positiveDuration(),
          Duration.ofSeconds(30),
          "The pause between two checks of the disks; folders, models and the decoder are checked"
              + " every tenth time, and each time while something is wrong.");
  static final Setting<Long> DISK_DECODE_MARGIN =
      open(
          "disk.decode_margin",
          SettingTypes.size(),
          DecodeOptions.DEFAULTS.diskMarginBytes(),
          "Free space that must be left beside the decoded samples of a recording.");
  static final Setting<LogLevel> LOGGING_LEVEL =
      open(
          "logging.level",
          SettingTypes.oneOf(LogLevel.class),
          LogLevel.INFO,
          "The least grave level that is written.");
  static final Setting<Path> LOGGING_FILE =
      open(
          "logging.file",
          SettingTypes.path(),
          Path.of("logs", "maie-edge.log"),
          "The log file, relative to the state folder.");
  static final Setting<Long> LOGGING_MAX_FILE_SIZE =
      open(
          "logging.max_file_size",
          SettingTypes.size(),
          50_000_000L,
          "At this size a log file is closed and compressed.");
  static final Setting<Duration> LOGGING_KEEP =
      open(
          "logging.keep",
          SettingTypes.positiveDuration(),
          RetentionOptions.DEFAULTS.logAge(),
          "The time that closed log files are kept.");
  static final Setting<Long> LOGGING_MAX_BYTES =
      open(
          "logging.max_bytes",
          SettingTypes.size(),
          RetentionOptions.DEFAULTS.logBytes(),
          "Above this sum the oldest closed log files go first.");
  static final Setting<Duration> STATUS_INTERVAL =
      open(
          "status.interval",
          SettingTypes.positiveDuration(),
          Duration.ofSeconds(5),
          "The status files are written at most this often, and only when they changed.");

  /** In the order of the example file. */
  static final List<Setting<?>> ALL =
      List.of(
          RETENTION_CLEANUP_INTERVAL,
          RETENTION_ARCHIVE_KEEP,
          RETENTION_ARCHIVE_MAX_BYTES,
          RETENTION_EMERGENCY_ARCHIVE_KEEP,
          RETENTION_FAILED_KEEP,
          RETENTION_LEFTOVERS_KEEP,
          RETENTION_RESULTS_KEEP,
          RETENTION_STORED_RESULTS_KEEP,
          DISK_MIN_FREE,
          DISK_MIN_FREE_SHARE,
          DISK_WARN_AT,
          DISK_CHECK_INTERVAL,
          DISK_DECODE_MARGIN,
          LOGGING_LEVEL,
          LOGGING_FILE,
          LOGGING_MAX_FILE_SIZE,
          LOGGING_KEEP,
          LOGGING_MAX_BYTES,
          STATUS_INTERVAL);

  private UpkeepKeys() {}
}
