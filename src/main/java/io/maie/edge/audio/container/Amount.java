package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;

/**
 * Amount of a container that has arrived.
 *
 * @param what declares it, such as {@code WAV header}
 * @param declared bytes that should be there; negative for more than any number
 * @param present bytes that are there
 */
record Amount(String what, long declared, long present) {

  /** The clause that says how much is missing. */
  String missing() {
    return String.format(
        "the %s declares %s, %s are there", what, Amounts.bytes(declared), Amounts.bytes(present));
  }
}
