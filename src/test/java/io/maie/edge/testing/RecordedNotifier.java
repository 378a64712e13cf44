package io.maie.edge.testing;

import io.maie.edge.daemon.ServiceNotifier;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the service manager would have heard. */
public final class RecordedNotifier implements ServiceNotifier {
  private final List<String> messages = new CopyOnWriteArrayList<>();

  public List<String> messages() {
    return List.copyOf(messages);
  }

  @Override
  public void ready() {
    messages.add("ready");
  }

  @Override
  public void status(String line) {
    messages.add("status " + line);
  }

  @Override
  public void watchdog() {
    messages.add("watchdog");
  }

  @Override
  public void reloading() {
    messages.add("reloading");
  }

  @Override
  public void stopping() {
    messages.add("stopping");
  }

  @Override
  public void extendTimeout(Duration duration) {
    messages.add("extend " + duration);
  }
}
