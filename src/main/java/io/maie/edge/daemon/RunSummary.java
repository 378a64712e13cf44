package io.maie.edge.daemon;

import java.util.List;

/**
 * What a daemon did that was to end when nothing was left to do.
 *
 * @param deferred tasks that lie in the work folder for a later start
 * @param waiting recordings left in the inbox
 * @param blocked why they were left, if something must be put right; else empty
 */
public record RunSummary(
    long published, long failed, int deferred, int waiting, List<String> blocked) {

  public RunSummary {
    blocked = List.copyOf(blocked);
  }
}
