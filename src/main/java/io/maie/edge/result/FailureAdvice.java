package io.maie.edge.result;

import io.maie.edge.failure.FailureCode;

/** What a person can do about each kind of failure when nothing more precise is known. */
public final class FailureAdvice {
  private FailureAdvice() {}

  /** One or two plain sentences. */
  public static String of(FailureCode code) {
    return switch (code) {
      case EMPTY_FILE -> "The copy probably broke off. Copy the recording again.";
      case NO_AUDIO_STREAM ->
          "Check that this is a recording: a text, a picture, an archive or a video without sound"
              + " cannot be transcribed, whatever its name.";
      case INCOMPLETE_FILE ->
          "The copy probably broke off. Copy the recording again, then delete this one.";
      case UNSUPPORTED_CODEC -> "Convert the recording to WAV, FLAC or MP3 and try again.";
      case DRM_PROTECTED -> "Only an unprotected copy of the recording can be transcribed.";
      case AUDIO_DECODE_ERROR ->
          "Play the recording elsewhere. If that fails too, copy it again or convert it to WAV.";
      case AUDIO_TOO_SHORT -> "The operator can lower limits.min_duration.";
      case AUDIO_TOO_LONG -> "Cut the recording; the operator can raise limits.max_duration.";
      case FILE_TOO_LARGE -> "Compress the recording; the operator can raise limits.max_file_size.";
      case INVALID_PARAMETERS ->
          "Correct the sidecar (.job.json) or the folder profile (_folder.yaml) and put the"
              + " recording into the inbox again.";
      case ASR_PROCESSING_ERROR, LLM_PROCESSING_ERROR, PROCESSING_ERROR ->
          "Put the recording into the inbox again. If it fails once more, ask the operator.";
      case MODEL_MEMORY_ERROR ->
          "The operator can choose a smaller model (asr.model) or give the program more memory.";
      case STAGE_TIMEOUT ->
          "Put the recording into the inbox again when the machine is less busy; the operator can"
              + " raise limits.stage_stall or limits.task_time.";
      case CANCELLED -> "Put the recording into the inbox again if it is wanted after all.";
      case POISON_FILE ->
          "Do not put the recording into the inbox again as it is. Convert it to WAV first.";
      case FILE_SYSTEM_ERROR ->
          "Copy the recording again. If it fails once more, the operator should look at the disk.";
      case PERMISSION_DENIED ->
          "The operator should let the group of the inbox read and write the file and its folder.";
      case MODEL_MISSING -> "The operator should install a model; see 'maie-edge models list'.";
      case MODEL_LOAD_ERROR ->
          "The operator should install the model again; see 'maie-edge models verify'.";
      case DECODER_MISSING -> "Install ffmpeg, or set ffmpeg.path and ffprobe.path.";
      case DISK_FULL -> "Free disk space; 'maie-edge cleanup --dry-run' shows what can go.";
      case FOLDER_UNAVAILABLE -> "Check that the folder exists, is mounted and can be written.";
    };
  }
}
