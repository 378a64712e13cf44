package io.maie.edge.config;

import io.maie.edge.daemon.ScanOptions;
import io.maie.edge.daemon.WorkingHours;
import io.maie.edge.durable.Durability;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Keys;
import io.maie.edge.schema.Types;
import io.maie.edge.spool.InboxMode;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.SettleOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of the folders and of how recordings arrive. */
final class ArrivalKeys {
  /** In the order of the example file. */
  static final Keys KEYS = new Keys();

  static final Key<Path> INBOX_PATH =
      KEYS.open("inbox.path", SettingTypes.path(), Path.of("inbox"), "Where recordings arrive.");
  static final Key<Integer> INBOX_DEPTH =
      KEYS.open(
          "inbox.depth",
          Types.integer(0, 30),
          InboxOptions.DEFAULT_DEPTH,
          "Levels of sub-folders that are scanned; 0 scans the inbox alone.");
  static final Key<Duration> INBOX_SETTLE_TIME =
      KEYS.open(
          "inbox.settle_time",
          SettingTypes.positiveDuration(),
          SettleOptions.DEFAULTS.local(),
          "A file that cannot prove that it is complete must be unchanged for this long.");
  static final Key<Duration> INBOX_NETWORK_SETTLE_TIME =
      KEYS.open(
          "inbox.network_settle_time",
          SettingTypes.positiveDuration(),
          SettleOptions.DEFAULTS.network(),
          "The same on a network file system, whose file attributes may be seconds old.");
  static final Key<Duration> INBOX_ZERO_BYTE_GRACE =
      KEYS.open(
          "inbox.zero_byte_grace",
          SettingTypes.positiveDuration(),
          SettleOptions.DEFAULTS.zeroByteGrace(),
          "The time that a file may stay empty before it fails with EMPTY_FILE.");
  static final Key<Duration> INBOX_INCOMPLETE_GRACE =
      KEYS.open(
          "inbox.incomplete_grace",
          SettingTypes.positiveDuration(),
          SettleOptions.DEFAULTS.incompleteGrace(),
          "The time that a file may stay unfinished without a change before it is decoded as it"
              + " is.");
  static final Key<Duration> INBOX_SIDECAR_GRACE =
      KEYS.open(
          "inbox.sidecar_grace",
          SettingTypes.positiveDuration(),
          SettleOptions.DEFAULTS.sidecarGrace(),
          "The time that a recording waits for a sidecar that its folder requires, before it fails"
              + " with INVALID_PARAMETERS.");
  static final Key<Optional<WorkingHours>> INBOX_WORKING_HOURS =
      KEYS.open(
          "inbox.working_hours",
          Types.orOff(SettingTypes.workingHours()),
          Optional.empty(),
          "The only hours of local time in which recordings are taken, such as 22:00-06:00; a"
              + " running task continues.");
  static final Key<List<String>> INBOX_IGNORE =
      KEYS.open(
          "inbox.ignore",
          SettingTypes.texts(),
          List.of(),
          "Name patterns with * and ? that are not recordings, besides the built-in ones.");
  static final Key<Boolean> INBOX_WATCH =
      KEYS.open(
          "inbox.watch",
          Types.flag(),
          true,
          "Let the operating system report changes, so that recordings are seen at once.");
  static final Key<Duration> INBOX_SCAN_INTERVAL =
      KEYS.open(
          "inbox.scan_interval",
          SettingTypes.positiveDuration(),
          ScanOptions.DEFAULTS.idle(),
          "The pause between two listings of the inbox when nothing waits and changes are"
              + " reported.");
  static final Key<Duration> INBOX_PENDING_SCAN_INTERVAL =
      KEYS.open(
          "inbox.pending_scan_interval",
          SettingTypes.positiveDuration(),
          ScanOptions.DEFAULTS.pending(),
          "The pause between two listings of the inbox while a file settles.");
  static final Key<Duration> INBOX_NETWORK_SCAN_INTERVAL =
      KEYS.open(
          "inbox.network_scan_interval",
          SettingTypes.positiveDuration(),
          ScanOptions.DEFAULTS.unwatched(),
          "The pause between two listings of an inbox whose changes are not reported: on network"
              + " file systems, and with inbox.watch off.");
  static final Key<Duration> INBOX_SCAN_STALL =
      KEYS.open(
          "inbox.scan_stall",
          SettingTypes.positiveDuration(),
          ScanOptions.DEFAULTS.stall(),
          "A listing of the inbox that takes longer counts as stuck, and the program as"
              + " unhealthy.");
  static final Key<Integer> INBOX_MAX_ENTRIES =
      KEYS.open(
          "inbox.max_entries",
          Types.integer(100, 1_000_000),
          InboxOptions.DEFAULT_MOST_ENTRIES,
          "The most files that one scan lists; others wait for a later scan.");
  static final Key<Durability> INBOX_DURABILITY =
      KEYS.open(
          "inbox.durability",
          Types.oneOf(Durability.class),
          Durability.FULL,
          "full: the content of a recording is flushed to the disk before it leaves the inbox, so"
              + " that a power cut loses nothing. fast: the operating system flushes it later,"
              + " which spares a slow disk some waiting and may cost the recordings of the last"
              + " half minute.");
  static final Key<InboxMode> INBOX_MODE =
      KEYS.open(
          "inbox.mode",
          Types.oneOf(InboxMode.class),
          InboxMode.AUTO,
          "move: recordings leave the inbox when they are taken. ledger: they are copied and stay,"
              + " and each is processed once. auto: ledger where the file system of the inbox is"
              + " read-only, else move.");
  static final Key<Optional<Path>> INBOX_ACCESS_REQUEST =
      KEYS.open(
          "inbox.access_request",
          Types.orOff(SettingTypes.path()),
          Optional.empty(),
          "A file that is made when something in the inbox may not be read or moved; the installed"
              + " service has a unit that waits for it and opens the inbox. off = none.");
  static final Key<Boolean> INBOX_REQUIRE_MOUNT = requireMount("inbox");
  static final Key<Path> OUTBOX_PATH =
      KEYS.open("outbox.path", SettingTypes.path(), Path.of("outbox"), "The folder for results.");
  static final Key<List<String>> OUTBOX_ON_FINISHED =
      KEYS.open(
          "outbox.on_finished",
          SettingTypes.texts(),
          List.of(),
          "A program and its arguments that run for each published result, without a shell, with"
              + " the path of the JSON as the last argument; [] = none.");
  static final Key<Duration> OUTBOX_ON_FINISHED_TIME =
      KEYS.open(
          "outbox.on_finished_time",
          SettingTypes.positiveDuration(),
          Duration.ofMinutes(1),
          "The time that this program may take for one result; then it is ended.");
  static final Key<Boolean> OUTBOX_ON_FINISHED_UNIT =
      KEYS.open(
          "outbox.on_finished_unit",
          Types.flag(),
          false,
          "Leave a note of each result in state/finished/ for the unit maie-edge-finished of the"
              + " installed service, which runs /etc/maie-edge/on-finished as a user of its own;"
              + " outbox.on_finished is not run then.");
  static final Key<Boolean> OUTBOX_REQUIRE_MOUNT = requireMount("outbox");
  static final Key<Path> FAILED_PATH =
      KEYS.open(
          "failed.path",
          SettingTypes.path(),
          Path.of("failed"),
          "The folder for recordings that failed, each with an explanation.");
  static final Key<Boolean> FAILED_REQUIRE_MOUNT = requireMount("failed");
  static final Key<Path> ARCHIVE_PATH =
      KEYS.open(
          "archive.path",
          SettingTypes.path(),
          Path.of("archive"),
          "The folder for processed recordings, until retention removes them.");
  static final Key<Boolean> ARCHIVE_REQUIRE_MOUNT = requireMount("archive");
  static final Key<Path> WORK_PATH =
      KEYS.open(
          "work.path",
          SettingTypes.path(),
          Path.of("work"),
          "The folder of the running task; best on the file system of the inbox.");
  static final Key<Path> STATE_PATH =
      KEYS.open(
          "state.path",
          SettingTypes.path(),
          Path.of("state"),
          "The folder for status, history, requests and logs.");

  /** By the role of the folder. */
  static final Map<String, Key<Boolean>> MOUNTS =
      Map.of(
          "inbox", INBOX_REQUIRE_MOUNT,
          "outbox", OUTBOX_REQUIRE_MOUNT,
          "failed", FAILED_REQUIRE_MOUNT,
          "archive", ARCHIVE_REQUIRE_MOUNT);

  private ArrivalKeys() {}

  private static Key<Boolean> requireMount(String role) {
    return KEYS.open(
        role + ".require_mount",
        Types.flag(),
        false,
        "Requires that the folder lies on another disk than the system and the state folder;"
            + " nothing is taken while that disk is not mounted.");
  }
}
