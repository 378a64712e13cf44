package io.maie.edge.result;

import io.maie.edge.failure.FailureCode;

/** What a person can do about each kind of failure when nothing more precise is known. */
public final class FailureAdvice {
  private FailureAdvice() {}

  /** One or two plain sentences. */
  public static String of(FailureCode code) {
    return switch (code) {
      case EMPTY_FILE ->
          "The copy probably broke off before any data arrived. Copy the recording again.";
      case NO_AUDIO_STREAM ->
          "Check that this is a recording: a text, a picture, an archive or a video without sound"
              + " cannot be transcribed, whatever its name.";
      case INCOMPLETE_FILE ->
          "The copy probably broke off. Copy the recording again, then delete this one.";
      case UNSUPPORTED_CODEC ->
          "Convert the recording, for example to WAV, FLAC or MP3, and put that into the inbox.";
      case DRM_PROTECTED -> "Only an unprotected copy of the recording can be transcribed.";
      case AUDIO_DECODE_ERROR ->
          "Play the recording elsewhere. If that fails too, it is damaged; copy it again or convert"
              + " it to WAV.";
      case AUDIO_TOO_SHORT ->
          "Nothing can be done if the recording is meant to be this short; the operator can lower"
              + " limits.min_duration.";
      case AUDIO_TOO_LONG ->
          "Cut the recording into parts, or let the operator raise limits.max_duration.";
      case FILE_TOO_LARGE ->
          "Compress or cut the recording, or let the operator raise limits.max_file_size.";
      case INVALID_PARAMETERS ->
          "Correct the sidecar (.job.json) or the folder profile (_folder.yaml) and put the"
              + " recording into the inbox again.";
      case ASR_PROCESSING_ERROR, LLM_PROCESSING_ERROR, PROCESSING_ERROR ->
          "Put the recording into the inbox again. If it fails once more, show this file to the"
              + " operator.";
      case MODEL_MEMORY_ERROR ->
          "The operator can choose a smaller model (asr.model) or give the program more memory.";
      case STAGE_TIMEOUT ->
          "Put the recording into the inbox again when the machine is less busy, or let the"
              + " operator raise limits.stage_stall or limits.task_time.";
      case CANCELLED -> "Put the recording into the inbox again if it is wanted after all.";
      case POISON_FILE ->
          "Do not put the recording into the inbox again as it is: convert it to WAV first, and"
              + " show this file to the operator.";
      case FILE_SYSTEM_ERROR ->
          "Copy the recording again. If it fails once more, the operator should look at the disk.";
      case PERMISSION_DENIED ->
          "The operator should let the group of the inbox read and write the file and its folder.";
      case MODEL_MISSING -> "The operator should install a model; 'maie-edge models list' helps.";
      case MODEL_LOAD_ERROR ->
          "The operator should install the model again; 'maie-edge models verify' names what is"
              + " wrong.";
      case DECODER_MISSING ->
          "The operator should install ffmpeg, or set ffmpeg.path and ffprobe.path.";
      case DISK_FULL -> "The operator should free disk space; 'maie-edge cleanup --dry-run' helps.";
      case FOLDER_UNAVAILABLE ->
          "The operator should check that the folder exists, is mounted and can be written.";
    };
  }
}
