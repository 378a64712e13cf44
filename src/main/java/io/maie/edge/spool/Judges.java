package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

/** Judges of a recording: its content, its rank, and who has it open. */
public record Judges(WholenessCheck wholeness, Ranking ranking, FileLease lease) {
  public Judges {
    requireNonNull(wholeness, "wholeness is null");
    requireNonNull(ranking, "ranking is null");
    requireNonNull(lease, "lease is null");
  }

  /** Judges that know nothing, so that every file settles and goes in order of arrival. */
  public static Judges disabled() {
    return new Judges(WholenessCheck.disabled(), Ranking.byArrival(), FileLease.disabled());
  }
}
