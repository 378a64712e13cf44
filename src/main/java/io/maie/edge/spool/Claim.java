package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A recording that is ours now.
 *
 * @param candidate the recording as it was in the inbox
 * @param recording its present path
 * @param signature its state after the claim, to be compared before a result is published
 */
public record Claim(Candidate candidate, Path recording, FileSignature signature) {
  public Claim {
    requireNonNull(candidate, "candidate is null");
    requireNonNull(recording, "recording is null");
    requireNonNull(signature, "signature is null");
  }

  /** Returns whether somebody has written to the recording since it was claimed. */
  public boolean hasChanged() throws IOException {
    try {
      return !FileSignature.of(recording).sameContentAs(signature);
    } catch (NoSuchFileException e) {
      return true;
    }
  }
}
