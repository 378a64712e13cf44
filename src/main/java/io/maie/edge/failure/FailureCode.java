package io.maie.edge.failure;

/**
 * Causes for which a recording fails or the installation cannot work, in one table. Constants are
 * stable words: they are written to failure documents, counted, and never renamed.
 */
public enum FailureCode {
  EMPTY_FILE(
      Scope.RECORDING,
      Retry.NEVER,
      "The file is empty or holds a header without any sound.",
      "The copy probably broke off. Copy the recording again."),
  NO_AUDIO_STREAM(
      Scope.RECORDING,
      Retry.NEVER,
      "The file holds no sound that can be found.",
      "Check that this is a recording: a text, a picture, an archive or a video without sound"
          + " cannot be transcribed, whatever its name."),
  INCOMPLETE_FILE(
      Scope.RECORDING,
      Retry.NEVER,
      "The file declares more data than has arrived.",
      "The copy probably broke off. Copy the recording again, then delete this one."),
  UNSUPPORTED_CODEC(
      Scope.RECORDING,
      Retry.NEVER,
      "The sound is stored in a way that cannot be decoded.",
      "Convert the recording to WAV, FLAC or MP3 and try again."),
  DRM_PROTECTED(
      Scope.RECORDING,
      Retry.NEVER,
      "The recording is copy-protected.",
      "Only an unprotected copy of the recording can be transcribed."),
  AUDIO_DECODE_ERROR(
      Scope.RECORDING,
      Retry.NEVER,
      "The sound could not be decoded.",
      "Play the recording elsewhere. If that fails too, copy it again or convert it to WAV."),
  AUDIO_TOO_SHORT(
      Scope.RECORDING,
      Retry.NEVER,
      "The recording is shorter than the configured minimum.",
      "The operator can lower limits.min_duration."),
  AUDIO_TOO_LONG(
      Scope.RECORDING,
      Retry.NEVER,
      "The recording is longer than the configured maximum.",
      "Cut the recording; the operator can raise limits.max_duration."),
  FILE_TOO_LARGE(
      Scope.RECORDING,
      Retry.NEVER,
      "The file is larger than the configured maximum.",
      "Compress the recording; the operator can raise limits.max_file_size."),
  INVALID_PARAMETERS(
      Scope.RECORDING,
      Retry.NEVER,
      "A parameter of this recording is not valid.",
      "Correct the sidecar (.job.json) or the folder profile (_folder.yaml) and put the"
          + " recording into the inbox again."),
  LANGUAGE_UNSUPPORTED(
      Scope.RECORDING,
      Retry.WITH_OTHER_MODELS,
      "No installed model knows the language that was asked for.",
      "The operator can add a model of that language; see 'maie-edge models catalog'. The recording"
          + " is then tried again automatically."),
  ASR_PROCESSING_ERROR(
      Scope.RECORDING,
      Retry.NEVER,
      "Speech recognition failed.",
      "Put the recording into the inbox again. If it fails once more, ask the operator."),
  LLM_PROCESSING_ERROR(
      Scope.RECORDING,
      Retry.NEVER,
      "Text processing failed.",
      "Put the recording into the inbox again. If it fails once more, ask the operator."),
  MODEL_MEMORY_ERROR(
      Scope.RECORDING,
      Retry.AFTER_PAUSE,
      "A model ran out of memory on this recording.",
      "The operator can choose a smaller model (asr.model) or give the program more memory."),
  PROCESSING_ERROR(
      Scope.RECORDING,
      Retry.NEVER,
      "Processing failed unexpectedly.",
      "Put the recording into the inbox again. If it fails once more, ask the operator."),
  STAGE_TIMEOUT(
      Scope.RECORDING,
      Retry.AFTER_PAUSE,
      "A stage made no progress, or the task took too long.",
      "Put the recording into the inbox again when the machine is less busy; the operator can"
          + " raise limits.stage_stall or limits.task_time."),
  CANCELLED(
      Scope.RECORDING,
      Retry.NEVER,
      "Somebody cancelled the task.",
      "Put the recording into the inbox again if you want it after all."),
  PROCESS_KILLED(
      Scope.RECORDING,
      Retry.AFTER_INTERRUPTION,
      "Something outside the program ended its decoder repeatedly.",
      "The system probably ran out of memory: the operator should look into its log, and give the"
          + " program more memory or a smaller model (asr.model)."),
  POISON_FILE(
      Scope.RECORDING,
      Retry.NEVER,
      "The program crashed repeatedly at the same place of this recording.",
      "Do not put the recording into the inbox again as it is. Convert it with another program, for"
          + " example to FLAC, and try that; the operator finds the crashes in the program's log."),
  FILE_SYSTEM_ERROR(
      Scope.RECORDING,
      Retry.AFTER_PAUSE,
      "The recording could not be read or moved.",
      "Copy the recording again. If it fails once more, the operator should check the disk."),
  PERMISSION_DENIED(
      Scope.RECORDING,
      Retry.NEVER,
      "The recording may not be read or moved.",
      "The operator should let the group of the inbox read and write the file and its folder."),
  MODEL_MISSING(
      Scope.INSTALLATION,
      Retry.AFTER_REPAIR,
      "A model that is needed is not installed.",
      "The operator should install a model; see 'maie-edge models list'."),
  MODEL_LOAD_ERROR(
      Scope.INSTALLATION,
      Retry.AFTER_REPAIR,
      "A model is damaged or cannot be loaded.",
      "The operator should install the model again; see 'maie-edge models verify'."),
  DECODER_MISSING(
      Scope.INSTALLATION,
      Retry.AFTER_REPAIR,
      "The ffmpeg or ffprobe program is missing or does not run.",
      "Install ffmpeg, or set ffmpeg.path and ffprobe.path."),
  DISK_FULL(
      Scope.INSTALLATION,
      Retry.AFTER_REPAIR,
      "There is not enough free disk space to continue.",
      "Free disk space; 'maie-edge cleanup --dry-run' shows what can go."),
  FOLDER_UNAVAILABLE(
      Scope.INSTALLATION,
      Retry.AFTER_REPAIR,
      "A folder is missing or cannot be written.",
      "Check that the folder exists, is mounted and can be written.");

  /** Whose fault a failure is, and so what happens to the recording. */
  public enum Scope {
    /** The recording's: it goes to {@code failed/} with an explanation. */
    RECORDING,
    /** The installation's: claiming stops, health fails, and recordings stay where they are. */
    INSTALLATION
  }

  /** Conditions under which another attempt can succeed. */
  public enum Retry {
    /** The same recording fails in the same way again. */
    NEVER,
    /** The cause may pass; the number of attempts is limited. */
    AFTER_PAUSE,
    /** Once other models are installed; until then the recording lies in {@code failed/}. */
    WITH_OTHER_MODELS,
    /** The cause lies outside; the attempt is not one of the recording's, and has its own limit. */
    AFTER_INTERRUPTION,
    /** Once the operator has mended the installation; the attempt does not count. */
    AFTER_REPAIR
  }

  private final Scope scope;
  private final Retry retry;
  private final String sentence;
  private final String advice;

  FailureCode(Scope scope, Retry retry, String sentence, String advice) {
    this.scope = scope;
    this.retry = retry;
    this.sentence = sentence;
    this.advice = advice;
  }

  public Scope scope() {
    return scope;
  }

  public Retry retry() {
    return retry;
  }

  /** One sentence for the operator that holds for every failure with this code. */
  public String sentence() {
    return sentence;
  }

  /** One or two sentences: the remedy for people when nothing more precise is known. */
  public String advice() {
    return advice;
  }
}
