package io.maie.edge.audio;

import java.util.List;

/**
 * Stretches of speech in a recording, and whether anybody looked for them. A detector may find that
 * people speak from beginning to end; that is not the same as a recording in which none looked.
 *
 * @param list ascending, not overlapping; the whole recording if nobody looked
 * @param areFound whether a detector found them
 */
public record SpeechRegions(List<SpeechRegion> list, boolean areFound) {

  public SpeechRegions {
    list = List.copyOf(list);
  }

  /** Regions that a detector found. */
  public static SpeechRegions found(List<SpeechRegion> regions) {
    return new SpeechRegions(regions, true);
  }

  /** All of a recording in which nobody looked for speech. */
  public static SpeechRegions unsearched(SampleSource recording) {
    return new SpeechRegions(SpeechRegion.whole(recording), false);
  }
}
