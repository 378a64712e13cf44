package io.maie.edge.daemon;

import java.util.List;

/**
 * Summary of a run that ends when nothing is left to do.
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
