package io.maie.edge.result;

import org.jspecify.annotations.Nullable;

/**
 * One speaker of a recording.
 *
 * @param id such as {@code S1} for the first speaker
 * @param name null if nobody gave one
 * @param channel of the speaker, from 1; null if voices alone told the speakers apart
 * @param samples the length of the speaker's turns
 * @param words the number of the speaker's words in the transcript
 * @param share of the time in which people speak, each counted on his own, 0 to 1
 */
public record SpeakerSummary(
    String id,
    @Nullable String name,
    @Nullable Integer channel,
    long samples,
    int words,
    double share) {

  SpeakerSummary named(@Nullable String other) {
    return new SpeakerSummary(id, other, channel, samples, words, share);
  }
}
