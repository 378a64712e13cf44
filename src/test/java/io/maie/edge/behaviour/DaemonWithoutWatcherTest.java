package io.maie.edge.behaviour;

/** The daemon by the clock alone. */
final class DaemonWithoutWatcherTest extends DaemonBehaviour {

  @Override
  boolean isWatching() {
    return false;
  }
}
