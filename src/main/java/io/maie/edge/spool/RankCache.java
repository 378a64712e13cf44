package io.maie.edge.spool;

import io.maie.edge.spool.FolderListing.Located;
import io.maie.edge.spool.FolderListing.Recording;
import io.maie.edge.spool.Ranking.Rank;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Remembers ranks, so that parameters are read when they changed and not by every scan. */
final class RankCache {
  private final Ranking ranking;
  private final Map<Path, Page> pages = new HashMap<>();

  RankCache(Ranking ranking) {
    this.ranking = ranking;
  }

  private record Page(Optional<Located> sidecar, Optional<Located> profile, Rank rank) {
    boolean isOf(Recording recording) {
      return sidecar.equals(recording.sidecar()) && profile.equals(recording.profile());
    }
  }

  Rank rank(Recording recording, Arrival arrival) {
    Page page = pages.get(recording.path());
    if (page == null || !page.isOf(recording)) {
      page = new Page(recording.sidecar(), recording.profile(), ranking.rank(arrival));
      pages.put(recording.path(), page);
    }
    return page.rank();
  }

  void retain(Set<Path> present) {
    pages.keySet().retainAll(present);
  }
}
