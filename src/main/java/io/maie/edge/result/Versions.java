package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that must be equal for equal results.
 *
 * @param pipelineVersion of this program
 * @param asr null if the transcript was not asked for
 * @param vad null if voice activity was not detected
 * @param speakers segmentation and embedding; empty if nobody asked who spoke
 * @param filter null if nothing was looked for that nobody had said
 * @param ffmpeg version of the decoder
 */
public record Versions(
    String pipelineVersion,
    @Nullable ModelIdentity asr,
    @Nullable ModelIdentity vad,
    List<ModelIdentity> speakers,
    @Nullable FilterIdentity filter,
    String ffmpeg,
    RuntimeEnvironment runtime) {

  public Versions {
    requireNonNull(pipelineVersion, "pipelineVersion is null");
    speakers = List.copyOf(speakers);
    requireNonNull(ffmpeg, "ffmpeg is null");
    requireNonNull(runtime, "runtime is null");
  }
}
