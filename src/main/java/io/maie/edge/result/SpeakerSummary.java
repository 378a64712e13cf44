package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One speaker of a recording.
 *
 * @param id such as {@code S1}, who speaks first
 * @param name null if nobody gave one
 * @param samples how long he speaks
 * @param words how many words of the transcript are his
 * @param share of the time in which people speak, each counted on his own, 0 to 1
 */
public record SpeakerSummary(
    String id, @Nullable String name, long samples, int words, double share) {

  public SpeakerSummary {
    requireNonNull(id, "id is null");
  }

  SpeakerSummary named(@Nullable String other) {
    return new SpeakerSummary(id, other, samples, words, share);
  }
}
