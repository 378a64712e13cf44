package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.TrackUse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The mono sound of one recording of a file, and the account of it.
 *
 * @param mono its samples, before the level is set
 * @param channels the use of the channels of its preferred track
 * @param tracks the use of its tracks; empty if there is one
 * @param levels over time of the channels or tracks that are used
 * @param separate the channels that are recognised by themselves
 * @param remarks for the sender
 * @param account of its samples
 */
record PartSound(
    Mixer.MeteredSound mono,
    List<ChannelUse> channels,
    List<TrackUse> tracks,
    ChannelLevels levels,
    Separate separate,
    Remarks remarks,
    Account account) {

  /**
   * Notes for the sender.
   *
   * @param unmet wishes that could not be met
   * @param missed names of tracks that are not heard and may hold speech
   */
  record Remarks(List<String> unmet, List<String> missed) {

    Remarks {
      unmet = List.copyOf(unmet);
      missed = List.copyOf(missed);
    }

    /** The remarks of both, each once. */
    Remarks plus(Remarks other) {
      return new Remarks(
          Stream.concat(unmet.stream(), other.unmet.stream()).distinct().toList(),
          Stream.concat(missed.stream(), other.missed.stream()).distinct().toList());
    }
  }

  /**
   * Channels or tracks that are recognised each by itself.
   *
   * @param numbers of the channels, or of the tracks where several are heard
   * @param sounds as long as the mono sound, in the same order
   * @param reason why; empty if there are none
   */
  record Separate(List<Integer> numbers, List<Mixer.MeteredSound> sounds, String reason) {

    Separate {
      numbers = List.copyOf(numbers);
      sounds = List.copyOf(sounds);
    }

    /** The sound of a channel or track; empty if it is not recognised by itself. */
    Optional<Mixer.MeteredSound> sound(int number) {
      int at = numbers.indexOf(number);
      return at < 0 ? Optional.empty() : Optional.of(sounds.get(at));
    }
  }

  /**
   * Counts of the samples, by the longest track.
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
