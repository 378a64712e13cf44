package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.TrackUse;
import java.util.List;

/**
 * The mono sound of one recording of a file, and the account of it.
 *
 * @param mono its samples, before the level is set
 * @param channels what became of the channels of its preferred track
 * @param tracks what became of its tracks; empty if there is one
 * @param levels of what is heard of its channels or tracks over time
 * @param account of its samples
 */
record PartSound(
    Mixer.MeteredSound mono,
    List<ChannelUse> channels,
    List<TrackUse> tracks,
    ChannelLevels levels,
    Account account) {

  /**
   * How many samples there are, by the longest track.
   *
   * @param decoded that the decoder produced, per channel
   * @param inserted of silence in gaps between time stamps
   * @param ignoredSeconds by which time stamps deviate that were not believed
   */
  record Account(long decoded, long inserted, double ignoredSeconds) {

    Account plus(Account other) {
      return new Account(
          decoded + other.decoded,
          inserted + other.inserted,
          ignoredSeconds + other.ignoredSeconds);
    }
  }
}
