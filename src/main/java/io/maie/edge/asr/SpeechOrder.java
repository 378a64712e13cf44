package io.maie.edge.asr;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.progress.StageContext;

/**
 * A recording to be recognised.
 *
 * @param regions the speech in it
 */
public record SpeechOrder(
    SampleSource audio, SpeechRegions regions, RecognitionOptions options, StageContext context) {

  /** The same recording with other regions. */
  public SpeechOrder in(SpeechRegions others) {
    return new SpeechOrder(audio, others, options, context);
  }

  /** The same recording with other options. */
  public SpeechOrder with(RecognitionOptions others) {
    return new SpeechOrder(audio, regions, others, context);
  }

  /** The same recording in another context. */
  public SpeechOrder within(StageContext other) {
    return new SpeechOrder(audio, regions, options, other);
  }
}
