package io.maie.edge.behaviour;

/** The daemon with the doorbell. */
final class DaemonWithWatcherTest extends DaemonBehaviour {

  @Override
  boolean isWatching() {
    return true;
  }
}
