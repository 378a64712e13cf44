package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

/** Checks of a recording: its content, its rank, and who has it open. */
public record ArrivalChecks(WholenessCheck wholeness, Ranking ranking, FileLease lease) {
  public ArrivalChecks {
    requireNonNull(wholeness, "wholeness is null");
    requireNonNull(ranking, "ranking is null");
    requireNonNull(lease, "lease is null");
  }

  /** Checks that know nothing, so that every file settles and goes in order of arrival. */
  public static ArrivalChecks disabled() {
    return new ArrivalChecks(WholenessCheck.disabled(), Ranking.byArrival(), FileLease.disabled());
  }
}
