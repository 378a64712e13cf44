package io.maie.edge.spool;

/** Checks of a recording: its content, its rank, and who has it open. */
public record ArrivalChecks(WholenessCheck wholeness, Ranking ranking, FileLease lease) {

  /** Checks that know nothing, so that every file settles and goes in order of arrival. */
  public static ArrivalChecks disabled() {
    return new ArrivalChecks(WholenessCheck.disabled(), Ranking.byArrival(), FileLease.disabled());
  }
}
