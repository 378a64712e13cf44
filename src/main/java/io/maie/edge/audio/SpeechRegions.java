package io.maie.edge.audio;

import java.util.List;
import java.util.stream.Stream;

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

  /**
   * The same regions without {@code stretches}.
   *
   * @param stretches in any order
   */
  public SpeechRegions without(List<SampleSpan> stretches) {
    List<SpeechRegion> left = list;
    for (SampleSpan stretch : stretches) {
      left = left.stream().flatMap(region -> without(region.span(), stretch)).toList();
    }
    return new SpeechRegions(left, areFound);
  }

  private static Stream<SpeechRegion> without(SampleSpan region, SampleSpan stretch) {
    long before = Math.min(region.end(), Math.max(region.start(), stretch.start()));
    long after = Math.max(region.start(), Math.min(region.end(), stretch.end()));
    return Stream.of(new SampleSpan(region.start(), before), new SampleSpan(after, region.end()))
        .filter(rest -> !rest.isEmpty())
        .map(SpeechRegion::new);
  }

  /** All of a recording in which nobody looked for speech. */
  public static SpeechRegions unsearched(SampleSource recording) {
    return new SpeechRegions(SpeechRegion.whole(recording), false);
  }
}
