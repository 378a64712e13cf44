package io.maie.edge.audio.container;

import io.maie.edge.amount.Amounts;

/** Says how much of a container has arrived. */
final class Amount {

  private Amount() {}

  /** The clause that says how much is missing. */
  static String missing(String what, long declared, long present) {
    return String.format(
        "the %s declares %s, %s are there", what, Amounts.bytes(declared), Amounts.bytes(present));
  }
}
