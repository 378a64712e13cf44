package io.maie.edge.spool;

import java.nio.file.Path;

/**
 * A recording that is ours now.
 *
 * @param candidate the recording as it was in the inbox
 * @param recording its present path
 * @param signature its state after the claim, to be compared before a result is published
 */
public record Claim(Candidate candidate, Path recording, FileSignature signature) {}
