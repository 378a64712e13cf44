package io.maie.edge.daemon;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Collects the reasons for which no recording is claimed now. Thread-safe. */
final class ClaimGate {

  /** Parts of the program that can close the gate; each keeps its own reasons. */
  enum Blocker {
    OPERATOR,
    CHECKS,
    DISK,
    INBOX,
    /** A folder does not answer. */
    SILENCE,
    /** A task met something that ails the installation. */
    FAULT,
    SHUTDOWN
  }

  /** Guarded by this. */
  private final Map<Blocker, List<String>> reasons = new EnumMap<>(Blocker.class);

  /** Sets the reasons of one blocker; an empty list opens the gate for its part. */
  synchronized void set(Blocker blocker, List<String> why) {
    if (why.isEmpty()) {
      reasons.remove(blocker);
    } else {
      reasons.put(blocker, List.copyOf(why));
    }
  }

  synchronized boolean isOpen() {
    return reasons.isEmpty();
  }

  synchronized boolean isClosedBy(Blocker blocker) {
    return reasons.containsKey(blocker);
  }

  /** All reasons, one sentence each. */
  synchronized List<String> reasons() {
    List<String> all = new ArrayList<>();
    reasons.values().forEach(all::addAll);
    return all;
  }
}
