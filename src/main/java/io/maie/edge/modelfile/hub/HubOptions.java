package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * Options of asking a hub.
 *
 * @param program the name of the program, such as {@code maie-edge/1.2}
 * @param token the user's token; sent to the hub itself only
 * @param connect the longest time for opening a connection
 * @param stall the longest time of silence
 * @param attempts the number of attempts in all before a transfer that makes no headway is given up
 * @param firstPause before the second attempt; doubles from then on
 * @param longestPause the end of that
 * @param marginBytes the space that must stay free on the disk
 */
public record HubOptions(
    HubAddress address,
    String program,
    Optional<String> token,
    Duration connect,
    Duration stall,
    int attempts,
    Duration firstPause,
    Duration longestPause,
    long marginBytes) {

  public HubOptions {
    requireNonNull(address, "address is null");
    requireNonNull(program, "program is null");
    requireNonNull(token, "token is null");
    requireNonNull(connect, "connect is null");
    requireNonNull(stall, "stall is null");
    requireNonNull(firstPause, "firstPause is null");
    requireNonNull(longestPause, "longestPause is null");
    if (attempts < 1 || marginBytes < 0) {
      throw new IllegalArgumentException("expected 1 attempt or more and a margin of 0 or more");
    }
  }

  /** For a hub on the internet. */
  public static HubOptions of(
      HubAddress address, String program, Optional<String> token, long marginBytes) {
    return new HubOptions(
        address,
        program,
        token,
        Duration.ofSeconds(20),
        Duration.ofMinutes(1),
        6,
        Duration.ofSeconds(1),
        Duration.ofSeconds(30),
        marginBytes);
  }
}
