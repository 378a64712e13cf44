package io.maie.edge.audio;

import java.util.List;

/** A stretch of a recording in which somebody speaks. */
public record SpeechRegion(SampleSpan span) {

  /** One region that is all of {@code audio}, where nobody looked for speech. */
  public static List<SpeechRegion> whole(SampleSource audio) {
    return List.of(new SpeechRegion(new SampleSpan(0, audio.length())));
  }
}
