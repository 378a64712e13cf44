package io.maie.edge.spool;

import java.io.IOException;

/** Looks at the recording of a claim. */
final class ClaimedFile {
  private ClaimedFile() {}

  /** Returns whether somebody has written to the recording since it was claimed. */
  static boolean hasChanged(Claim claim) throws IOException {
    return !FileSignature.of(claim.recording()).sameContentAs(claim.signature());
  }
}
