package io.maie.edge.request;

import java.util.Locale;

/** Ways to tell the speakers of a recording apart. */
public enum SpeakerSource {
  /** By channels where they carry different people, else by voices. */
  AUTO,
  /** Each channel is a speaker. */
  CHANNELS,
  /** By voices alone. */
  ACOUSTIC;

  /** The word in parameters. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
