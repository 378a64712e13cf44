package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.telemetry.Status;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The models as the status lists them. Asked every second, looks at the disk twice a minute.
 * Thread-safe.
 */
final class InstalledModels {
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final ModelShelf shelf;
  private final Ticker ticker;
  private List<Status.Model> models = List.of();
  private long dueNanos;

  InstalledModels(ModelShelf shelf, Ticker ticker) {
    this.shelf = requireNonNull(shelf, "shelf is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.dueNanos = ticker.nanos();
  }

  synchronized List<Status.Model> list() {
    if (ticker.nanos() - dueNanos >= 0) {
      dueNanos = ticker.nanos() + LOOK.toNanos();
      models = look();
    }
    return models;
  }

  private List<Status.Model> look() {
    try {
      return shelf.list().stream()
          .map(line -> new Status.Model(line.name(), line.task(), line.starter(), line.inUse()))
          .toList();
    } catch (IOException e) {
      // the check of the models says why
      return List.of();
    }
  }
}
