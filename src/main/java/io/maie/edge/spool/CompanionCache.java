package io.maie.edge.spool;

import io.maie.edge.spool.FolderListing.Located;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers from one scan to the next which files are companions, and what folder profiles say
 * about them, so that both are read when they changed and not by every scan.
 */
final class CompanionCache {
  private final Ranking ranking;
  private Map<Located, CompanionRule> rules = new HashMap<>();
  private Map<Located, Boolean> companions = new HashMap<>();
  private Map<Located, CompanionRule> earlierRules = new HashMap<>();
  private Map<Located, Boolean> earlierCompanions = new HashMap<>();

  CompanionCache(Ranking ranking) {
    this.ranking = ranking;
  }

  /** Begins a scan: what the one before did not ask for is forgotten. */
  void begin() {
    earlierRules = rules;
    earlierCompanions = companions;
    rules = new HashMap<>();
    companions = new HashMap<>();
  }

  CompanionRule rule(Optional<Located> profile) {
    if (profile.isEmpty()) {
      return CompanionRule.LEAVE;
    }
    CompanionRule known = earlierRules.get(profile.get());
    CompanionRule rule = known == null ? ranking.companions(profile.get().path()) : known;
    rules.put(profile.get(), rule);
    return rule;
  }

  /** Takes an unreadable file for a recording, so that a person hears of it. */
  boolean isCompanion(Located file) {
    Boolean known = earlierCompanions.get(file);
    if (known == null) {
      try {
        known = Companions.isOne(file.path());
      } catch (IOException e) {
        return false;
      }
    }
    companions.put(file, known);
    return known;
  }
}
