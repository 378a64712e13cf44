package io.maie.edge.audio;

/**
 * Role of one channel of a recording in the mono sound.
 *
 * @param number from 1, as people count
 * @param role the reason for hearing it or leaving it out
 * @param weight its factor in the mono sound, negative if it is inverted, 0 if it is left out
 * @param loudness in LUFS, of this channel alone; very low for silence
 */
public record ChannelUse(int number, Role role, float weight, double loudness) {

  /** Reasons for hearing a channel or leaving it out. */
  public enum Role {
    USED("used"),
    INVERTED("used inverted, as it cancels another channel"),
    SILENT("silent"),
    STEADY_NOISE("steady noise or hum"),
    DELAYED_COPY("a delayed or weaker copy of another channel"),
    NOT_ASKED_FOR("not asked for");

    private final String words;

    Role(String words) {
      this.words = words;
    }

    /** A few words for people. */
    public String words() {
      return words;
    }
  }

  /** Returns whether the channel is part of the mono sound. */
  public boolean isHeard() {
    return weight != 0;
  }
}
