package io.maie.edge.daemon;

import java.time.Duration;

/**
 * Reports the state of the daemon to the service manager. Never fails; at worst no report arrives.
 */
public interface ServiceNotifier {

  /** Work can begin. */
  void ready();

  /** One line for people. */
  void status(String line);

  /** A sign of life; sent only while there is real progress. */
  void watchdog();

  /** The settings are read again; {@link #ready} follows. */
  void reloading();

  void stopping();

  /** The start or stop that is going on takes this much longer. */
  void extendTimeout(Duration duration);

  /** Nobody listens. */
  static ServiceNotifier disabled() {
    return new ServiceNotifier() {
      @Override
      public void ready() {}

      @Override
      public void status(String line) {}

      @Override
      public void watchdog() {}

      @Override
      public void reloading() {}

      @Override
      public void stopping() {}

      @Override
      public void extendTimeout(Duration duration) {}
    };
  }
}
