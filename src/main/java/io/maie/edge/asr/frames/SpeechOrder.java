package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.progress.StageContext;
import java.util.List;

/**
 * A recording to be recognised.
 *
 * @param regions ascending, not overlapping
 */
public record SpeechOrder(
    SampleSource audio,
    List<SpeechRegion> regions,
    RecognitionOptions options,
    StageContext context) {

  public SpeechOrder {
    requireNonNull(audio, "audio is null");
    requireNonNull(options, "options is null");
    requireNonNull(context, "context is null");
    regions = List.copyOf(regions);
  }
}
