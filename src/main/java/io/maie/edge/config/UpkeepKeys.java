package io.maie.edge.config;

import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of retention, disks, logs and status. */
final class UpkeepKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Duration> RETENTION_CLEANUP_INTERVAL =
      KEYS.open(
          "retention.cleanup_interval",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(10),
          "The pause between two cleanups.");
  static final Key<Duration> RETENTION_ARCHIVE_KEEP =
      KEYS.open(
          "retention.archive_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.archiveAge(),
          "The time that processed recordings are kept.");
  static final Key<Long> RETENTION_ARCHIVE_MAX_BYTES =
      KEYS.open(
          "retention.archive_max_bytes",
          SettingTypes.size(),
          RetentionOptions.DEFAULTS.archiveBytes(),
          "Above this sum the oldest processed recordings go first.");
  static final Key<Duration> RETENTION_EMERGENCY_ARCHIVE_KEEP =
      KEYS.open(
          "retention.emergency_archive_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.emergencyArchiveAge(),
          "The time that processed recordings are kept while disk space is short, if that is"
              + " less.");
  static final Key<Duration> RETENTION_FAILED_KEEP =
      KEYS.open(
          "retention.failed_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.failedAge(),
          "The time that recordings that failed are kept, with their explanations.");
  static final Key<Duration> RETENTION_LEFTOVERS_KEEP =
      KEYS.open(
          "retention.leftovers_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.leftoverAge(),
          "The time that temporary files and folders without a task are kept.");
  static final Key<Optional<Duration>> RETENTION_RESULTS_KEEP =
      KEYS.open(
          "retention.results_keep",
          Types.orOff(SettingTypes.positiveDuration()),
          Optional.empty(),
          "The time that results in the outbox are kept; off = for ever.");
  static final Key<Duration> RETENTION_STORED_RESULTS_KEEP =
      KEYS.open(
          "retention.stored_results_keep",
          SettingTypes.duration(),
          RetentionOptions.DEFAULTS.storedResultAge(),
          "The time that state/results/ keeps the results of recordings from the inbox.");
  static final Key<Long> DISK_MIN_FREE =
      KEYS.open(
          "disk.min_free",
          SettingTypes.size(),
          DiskRules.DEFAULTS.minFreeBytes(),
          "With less free space no recording is claimed, and cleanup is in emergency.");
  static final Key<Double> DISK_MIN_FREE_SHARE =
      KEYS.open(
          "disk.min_free_share",
          SettingTypes.percent(),
          DiskRules.DEFAULTS.minFreeFraction(),
          "The same as a share of the disk; of both the larger one counts.");
  static final Key<Double> DISK_WARN_AT =
      KEYS.open(
          "disk.warn_at",
          SettingTypes.percent(),
          DiskRules.DEFAULTS.warnFraction(),
          "At this use of a disk the status warns, and a cleanup takes place at once.");
  static final Key<Duration> DISK_CHECK_INTERVAL =
      KEYS.open(
          "disk.check_interval",
          SettingTypes.positiveDuration(),
          Duration.ofSeconds(30),
          "The pause between two checks of the disks; folders, models and the decoder are checked"
              + " every tenth time, and each time while something is wrong.");
  static final Key<Long> DISK_DECODE_MARGIN =
      KEYS.open(
          "disk.decode_margin",
          SettingTypes.size(),
          DecodeOptions.DEFAULTS.diskMarginBytes(),
          "Free space that must be left beside the decoded samples of a recording.");
  static final Key<LogLevel> LOGGING_LEVEL =
      KEYS.open(
          "logging.level",
          Types.oneOf(LogLevel.class),
          LogLevel.INFO,
          "The least grave level that is written.");
  static final Key<Path> LOGGING_FILE =
      KEYS.open(
          "logging.file",
          SettingTypes.path(),
          Path.of("logs", "maie-edge.log"),
          "The log file, relative to the state folder.");
  static final Key<Long> LOGGING_MAX_FILE_SIZE =
      KEYS.open(
          "logging.max_file_size",
          SettingTypes.size(),
          50_000_000L,
          "At this size a log file is closed and compressed.");
  static final Key<Duration> LOGGING_KEEP =
      KEYS.open(
          "logging.keep",
          SettingTypes.positiveDuration(),
          RetentionOptions.DEFAULTS.logAge(),
          "The time that closed log files are kept.");
  static final Key<Long> LOGGING_MAX_BYTES =
      KEYS.open(
          "logging.max_bytes",
          SettingTypes.size(),
          RetentionOptions.DEFAULTS.logBytes(),
          "Above this sum the oldest closed log files go first.");
  static final Key<Duration> STATUS_INTERVAL =
      KEYS.open(
          "status.interval",
          SettingTypes.positiveDuration(),
          Duration.ofSeconds(5),
          "The status files are written at most this often, and only when they changed.");

  private UpkeepKeys() {}
}
