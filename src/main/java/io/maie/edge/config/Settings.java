package io.maie.edge.config;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.hallucination.HallucinationOptions;
import io.maie.edge.asr.hallucination.HallucinationPatterns;
import io.maie.edge.asr.moonshine.MoonshineOptions;
import io.maie.edge.asr.transducer.TransducerOptions;
import io.maie.edge.asr.whisper.WhisperOptions;
import io.maie.edge.audio.decode.DecodeOptions;
import io.maie.edge.daemon.DaemonOptions;
import io.maie.edge.daemon.ScanOptions;
import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.retention.DiskRules;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.SettleOptions;
import io.maie.edge.task.TaskLimits;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.text.onnx.OnnxTextOptions;
import io.maie.edge.vad.SpeechRegionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force, as the option records of the parts that use them. Nobody keeps this
 * object: {@code app} takes the options of each part from it.
 */
public final class Settings {
  /** Bytes a second: a share over a bad radio link, where each copy is written and read back. */
  private static final long SLOWEST_COPY = 500_000;

  private final SettingValues values;
  private final FolderSettings folders;
  private final RecordingParameters defaults;
  private final HallucinationPatterns patterns;
  private final List<Path> templateFolders;

  Settings(
      SettingValues values,
      FolderSettings folders,
      RecordingParameters defaults,
      HallucinationPatterns patterns,
      List<Path> templateFolders) {
    this.values = requireNonNull(values, "values is null");
    this.folders = requireNonNull(folders, "folders is null");
    this.defaults = requireNonNull(defaults, "defaults is null");
    this.patterns = requireNonNull(patterns, "patterns is null");
    this.templateFolders = List.copyOf(templateFolders);
  }

  /** Folders of the installation. */
  public FolderSettings folders() {
    return folders;
  }

  /** The folders of summary templates, strongest first; each may not exist. */
  public List<Path> templateFolders() {
    return templateFolders;
  }

  /** Options of the inbox. */
  public InboxOptions inbox() {
    return new InboxOptions(
        folders.inbox(),
        values.get(ArrivalKeys.INBOX_DEPTH),
        new SettleOptions(
            values.get(ArrivalKeys.INBOX_SETTLE_TIME),
            values.get(ArrivalKeys.INBOX_NETWORK_SETTLE_TIME),
            values.get(ArrivalKeys.INBOX_ZERO_BYTE_GRACE),
            values.get(ArrivalKeys.INBOX_INCOMPLETE_GRACE),
            values.get(ArrivalKeys.INBOX_SIDECAR_GRACE)),
        values.get(ArrivalKeys.INBOX_IGNORE),
        values.get(ArrivalKeys.INBOX_MAX_ENTRIES),
        values.get(ArrivalKeys.INBOX_DURABILITY),
        values.get(ArrivalKeys.INBOX_MODE),
        folders.state().resolve("ledger"));
  }

  /** Returns whether notes of published results are left. */
  public boolean notesFinished() {
    return values.get(ArrivalKeys.OUTBOX_ON_FINISHED_UNIT)
        || !values.get(ArrivalKeys.OUTBOX_ON_FINISHED).isEmpty();
  }

  /**
   * The program that the daemon runs for each published result, and its arguments; may be empty.
   */
  public List<String> onFinished() {
    return values.get(ArrivalKeys.OUTBOX_ON_FINISHED_UNIT)
        ? List.of()
        : values.get(ArrivalKeys.OUTBOX_ON_FINISHED);
  }

  /** Time that the program may take for one result. */
  public Duration onFinishedTime() {
    return values.get(ArrivalKeys.OUTBOX_ON_FINISHED_TIME);
  }

  /** Returns whether the operating system is asked to report changes in the inbox. */
  public boolean watchesInbox() {
    return values.get(ArrivalKeys.INBOX_WATCH);
  }

  /**
   * Options of the daemon.
   *
   * @param version of the program
   * @param watchdog the longest pause between two signs of life to the service manager; null = not
   *     at all
   */
  public DaemonOptions daemon(String version, @Nullable Duration watchdog) {
    return new DaemonOptions(
        version,
        new ScanOptions(
            values.get(ArrivalKeys.INBOX_PENDING_SCAN_INTERVAL),
            values.get(ArrivalKeys.INBOX_SCAN_INTERVAL),
            values.get(ArrivalKeys.INBOX_NETWORK_SCAN_INTERVAL),
            ScanOptions.DEFAULTS.merge(),
            values.get(ArrivalKeys.INBOX_SCAN_STALL)),
        values.get(UpkeepKeys.DISK_CHECK_INTERVAL),
        values.get(UpkeepKeys.RETENTION_CLEANUP_INTERVAL),
        watchdog,
        values.get(ProcessingKeys.LIMITS_STOP_TIME),
        silenceLimit(),
        values.get(ArrivalKeys.INBOX_WORKING_HOURS).orElse(null),
        values.get(ArrivalKeys.INBOX_ACCESS_REQUEST).map(folders.home()::resolve).orElse(null));
  }

  /** Twice what a stage may be silent, and time to copy the largest recording. */
  private Duration silenceLimit() {
    return values
        .get(ProcessingKeys.LIMITS_STAGE_STALL)
        .multipliedBy(2)
        .plusSeconds(values.get(ProcessingKeys.LIMITS_MAX_FILE_SIZE) / SLOWEST_COPY);
  }

  /** Rules for decoding recordings, and for refusing them. */
  public DecodeOptions decode() {
    return new DecodeOptions(
        values.get(ProcessingKeys.FFMPEG_PATH),
        values.get(ProcessingKeys.FFPROBE_PATH),
        values.get(ProcessingKeys.LIMITS_MIN_DURATION),
        values.get(ProcessingKeys.LIMITS_MAX_DURATION),
        values.get(ProcessingKeys.LIMITS_MAX_FILE_SIZE),
        values.get(ProcessingKeys.LIMITS_MAX_CHANNELS),
        values.get(ProcessingKeys.LIMITS_MAX_SAMPLE_RATE),
        values.get(ProcessingKeys.FFPROBE_TIMEOUT),
        values.get(ProcessingKeys.FFMPEG_STALL),
        values.get(UpkeepKeys.DISK_DECODE_MARGIN));
  }

  /** Settings of new tasks, with the times at which they are stopped. */
  public TaskSettings tasks() {
    return new TaskSettings(
        defaults,
        new TaskLimits(
            values.get(ProcessingKeys.LIMITS_STAGE_STALL),
            values.get(ProcessingKeys.LIMITS_TASK_TIME),
            values.get(ProcessingKeys.RETRY_MAX_CRASHES),
            values.get(ProcessingKeys.RETRY_MAX_POWER_CUTS),
            values.get(ProcessingKeys.RETRY_MAX_FAILURES),
            values.get(ProcessingKeys.RETRY_FIRST_PAUSE),
            values.get(ProcessingKeys.RETRY_LONGEST_PAUSE)));
  }

  /** The parameters of a recording that sets none itself. */
  public RecordingParameters defaults() {
    return defaults;
  }

  /** The configured voice activity model; empty = the best one there. */
  public Optional<String> vadModel() {
    return values.get(ProcessingKeys.VAD_MODEL);
  }

  /** Rules for making speech regions; the threshold is that of {@link #defaults()}. */
  public SpeechRegionRules speechRegions() {
    return new SpeechRegionRules(
        defaults.vadThreshold(),
        values.get(ProcessingKeys.VAD_MIN_SPEECH),
        values.get(ProcessingKeys.VAD_MIN_SILENCE),
        values.get(ProcessingKeys.VAD_MAX_SPEECH).orElse(null),
        values.get(ProcessingKeys.VAD_PADDING));
  }

  /** The configured speech model; empty = chosen by rule. */
  public Optional<String> asrModel() {
    return values.get(ProcessingKeys.ASR_MODEL);
  }

  /** Options of decoding with Moonshine models. */
  public MoonshineOptions moonshine() {
    return new MoonshineOptions(
        values.get(MoonshineKeys.WINDOW),
        values.get(MoonshineKeys.BEAM_SIZE),
        values.get(MoonshineKeys.TOKENS_PER_SECOND));
  }

  /** Options of decoding with transducers and ChunkFormer. */
  public TransducerOptions transducer() {
    return new TransducerOptions(
        values.get(TransducerKeys.DECODER), values.get(TransducerKeys.BATCH));
  }

  /** Options of decoding with Whisper models. */
  public WhisperOptions whisper() {
    return new WhisperOptions(
        values.get(WhisperKeys.BEAM_SIZE),
        values.get(WhisperKeys.BEST_OF),
        values.get(WhisperKeys.TEMPERATURES),
        values.get(WhisperKeys.COMPRESSION_RATIO_THRESHOLD),
        values.get(WhisperKeys.LOGPROB_THRESHOLD),
        values.get(WhisperKeys.NO_SPEECH_THRESHOLD),
        values.get(WhisperKeys.CONDITION_ON_PREVIOUS_TEXT),
        values.get(WhisperKeys.WORD_TIMESTAMPS),
        values.get(WhisperKeys.BATCH));
  }

  /** The suffix of the files of Whisper models to use; empty = the best for the device. */
  public Optional<String> whisperVariant() {
    return values.get(WhisperKeys.VARIANT);
  }

  /** The limits beyond which segments count as invented; empty = none does. */
  public Optional<HallucinationOptions> hallucination() {
    if (!values.get(HallucinationKeys.ENABLED)) {
      return Optional.empty();
    }
    return Optional.of(
        new HallucinationOptions(
            values.get(HallucinationKeys.MAX_REPETITION),
            values.get(HallucinationKeys.MIN_WORDS),
            values.get(HallucinationKeys.MAX_WORDS).orElse(Integer.MAX_VALUE),
            values.get(HallucinationKeys.DOUBTFUL_NO_SPEECH),
            values.get(HallucinationKeys.DOUBTFUL_LOGPROB),
            values.get(HallucinationKeys.MIN_SEGMENT_CONFIDENCE),
            values.get(HallucinationKeys.MIN_WORD_PROBABILITY)));
  }

  /** The texts that models invent, from the pattern files. */
  public HallucinationPatterns hallucinationPatterns() {
    return patterns;
  }

  /** Returns whether speakers whose voices are stored are named. */
  public boolean namesKnownVoices() {
    return values.get(DiarizationKeys.KNOWN_VOICES);
  }

  /** The folder for samples of voices; absolute. */
  public Optional<Path> voicesFolder() {
    return values
        .get(DiarizationKeys.VOICES_FOLDER)
        .map(folder -> folders().home().resolve(folder).normalize());
  }

  /** The engine that makes summaries, and its options. */
  public TextSettings texts() {
    return new TextSettings(
        values.get(TextKeys.ENGINE),
        new TextSettings.TextServer(
            values.get(TextKeys.SUMMARY_URL),
            values.get(TextKeys.SUMMARY_MODEL),
            values.get(TextKeys.SUMMARY_KEY_FILE).map(folders.home()::resolve),
            values.get(TextKeys.SUMMARY_CONTEXT)),
        values.get(TextKeys.CLEANING_ENGINE),
        new TextSettings.TextServer(
            values.get(TextKeys.CLEANING_URL),
            values.get(TextKeys.CLEANING_MODEL),
            values.get(TextKeys.CLEANING_KEY_FILE).map(folders.home()::resolve),
            values.get(TextKeys.CLEANING_CONTEXT)),
        values.get(TextKeys.CONNECT_TIMEOUT),
        values.get(TextKeys.ANSWER_TIMEOUT),
        values.get(TextKeys.ATTEMPTS),
        new TextSettings.LocalModel(
            values.get(TextKeys.ONNX_MODEL),
            new OnnxTextOptions(
                values.get(TextKeys.ONNX_CONTEXT), values.get(TextKeys.ONNX_ANSWER_TIMEOUT))));
  }

  /** Options of running models. */
  public OnnxOptions onnx() {
    int threads = values.get(ModelKeys.ONNX_THREADS);
    return new OnnxOptions(
        values.get(ModelKeys.ONNX_DEVICE),
        threads == 0 ? OnnxOptions.DEFAULTS.threads() : threads,
        values.get(ModelKeys.MODELS_IDLE_UNLOAD).orElse(Duration.ZERO));
  }

  /** The hub from which {@code models pull} fetches. */
  public HubAddress hub() {
    return values.get(ModelKeys.MODELS_HUB);
  }

  /** Times for which things are kept. */
  public RetentionOptions retention() {
    Duration archiveKeep = values.get(UpkeepKeys.RETENTION_ARCHIVE_KEEP);
    Duration emergency = values.get(UpkeepKeys.RETENTION_EMERGENCY_ARCHIVE_KEEP);
    return new RetentionOptions(
        archiveKeep,
        values.get(UpkeepKeys.RETENTION_ARCHIVE_MAX_BYTES),
        values.get(UpkeepKeys.RETENTION_FAILED_KEEP),
        values.get(UpkeepKeys.RETENTION_LEFTOVERS_KEEP),
        values.get(UpkeepKeys.LOGGING_KEEP),
        values.get(UpkeepKeys.LOGGING_MAX_BYTES),
        values.get(UpkeepKeys.RETENTION_RESULTS_KEEP).orElse(null),
        emergency.compareTo(archiveKeep) < 0 ? emergency : archiveKeep,
        values.get(UpkeepKeys.RETENTION_STORED_RESULTS_KEEP),
        values.get(HttpKeys.RESULT_KEEP));
  }

  /** The limits below which disk space is short. */
  public DiskRules disk() {
    return new DiskRules(
        values.get(UpkeepKeys.DISK_MIN_FREE),
        values.get(UpkeepKeys.DISK_MIN_FREE_SHARE),
        values.get(UpkeepKeys.DISK_WARN_AT));
  }

  /** Targets of log lines. */
  public LoggingSettings logging() {
    return new LoggingSettings(
        values.get(UpkeepKeys.LOGGING_LEVEL),
        folders.state().resolve(values.get(UpkeepKeys.LOGGING_FILE)).normalize(),
        values.get(UpkeepKeys.LOGGING_MAX_FILE_SIZE));
  }

  /** The local API. */
  public HttpSettings http() {
    return new HttpSettings(
        values.get(HttpKeys.ENABLED),
        values.get(HttpKeys.ADDRESS),
        values.get(HttpKeys.PORT),
        values.get(HttpKeys.API_KEY),
        values.get(HttpKeys.API_KEY_FILE).map(file -> folders.home().resolve(file)),
        values.get(HttpKeys.NAMES),
        values.get(HttpKeys.ALLOW_PLAIN),
        values.get(HttpKeys.MAX_UPLOAD).orElse(values.get(ProcessingKeys.LIMITS_MAX_FILE_SIZE)),
        values.get(HttpKeys.MAX_QUEUE),
        values.get(HttpKeys.PUBLISH_TO_OUTBOX),
        values.get(HttpKeys.CORS_ORIGINS),
        values.get(HttpKeys.TLS_CERTIFICATE).map(folders.home()::resolve),
        values.get(HttpKeys.TLS_KEY).map(folders.home()::resolve));
  }

  /** The shortest pause between two updates of the status files. */
  public Duration statusInterval() {
    return values.get(UpkeepKeys.STATUS_INTERVAL);
  }

  SettingValues values() {
    return values;
  }
}
