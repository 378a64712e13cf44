package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.FilterIdentity;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.SourceAudio;
import io.maie.edge.result.Summary;
import io.maie.edge.result.Warning;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the pipeline found out about one recording.
 *
 * @param audio the sound of the file
 * @param decoderVersion of the program that decoded it
 * @param regions the stretches of speech; the whole recording if voice activity was not detected
 * @param cleaned null if no clean transcript was asked for, or it could not be made
 * @param recognized the transcript before it was split by speakers
 * @param summary null if none was asked for, or none could be made
 * @param removed the segments that were removed from the transcript because nobody had said them
 * @param vadModel null if voice activity was not detected
 * @param asrModel null if the transcript was not asked for
 * @param diarized null if nobody asked who spoke, or it was not found out
 * @param filter null if nothing was looked for that nobody had said
 */
public record PipelineResult(
    SourceAudio audio,
    String decoderVersion,
    List<SpeechRegion> regions,
    Transcript transcript,
    Transcript recognized,
    @Nullable CleanedText cleaned,
    @Nullable Summary summary,
    List<RemovedSegment> removed,
    @Nullable ModelIdentity vadModel,
    @Nullable ModelIdentity asrModel,
    @Nullable Diarized diarized,
    @Nullable FilterIdentity filter,
    List<StageTiming> timings,
    List<Warning> warnings) {

  public PipelineResult {
    requireNonNull(audio, "audio is null");
    requireNonNull(decoderVersion, "decoderVersion is null");
    requireNonNull(transcript, "transcript is null");
    requireNonNull(recognized, "recognized is null");
    regions = List.copyOf(regions);
    removed = List.copyOf(removed);
    timings = List.copyOf(timings);
    warnings = List.copyOf(warnings);
  }

  /**
   * Returns whether there is a transcript, recognised or given; it is empty if nothing was said.
   */
  public boolean isTranscribed() {
    return asrModel != null || !transcript.segments().isEmpty();
  }
}
