package io.maie.edge.daemon;

/**
 * Rings when something may have happened in the inbox. Only a hint: everything works without it,
 * only later.
 */
public interface Doorbell extends AutoCloseable {

  /** Begins to watch, or begins again if the watching has died. Called before every scan. */
  void ensureWatching(Runnable ring);

  /** Returns whether rings can be expected now. */
  boolean isWatching();

  @Override
  void close();

  /** Never rings. */
  static Doorbell disabled() {
    return new Doorbell() {
      @Override
      public void ensureWatching(Runnable ring) {}

      @Override
      public boolean isWatching() {
        return false;
      }

      @Override
      public void close() {}
    };
  }
}
