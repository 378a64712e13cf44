package io.maie.edge.testing;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Disk.Call;
import java.nio.file.Path;
import java.util.function.BiPredicate;

/** Acts once, in the instant after a certain call of the thread that made it changed the disk. */
public final class DiskTripwire implements AutoCloseable {
  private final BiPredicate<Call, Path> trigger;
  private final Runnable action;
  private final DiskListener listener = new DiskListener(this::hear);
  private boolean hasActed;

  /**
   * Waits for the call.
   *
   * @param trigger gets each call with its first path
   */
  public DiskTripwire(BiPredicate<Call, Path> trigger, Runnable action) {
    this.trigger = requireNonNull(trigger, "trigger is null");
    this.action = requireNonNull(action, "action is null");
    listener.attach();
  }

  public boolean hasActed() {
    return hasActed;
  }

  private void hear(Call call, Path path, Path target) {
    if (!hasActed && trigger.test(call, path)) {
      hasActed = true;
      action.run();
    }
  }

  @Override
  public void close() {
    listener.close();
  }
}
