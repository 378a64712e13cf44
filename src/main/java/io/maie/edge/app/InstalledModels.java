package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelListing;
import io.maie.edge.modelfile.ModelTask;
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

  private final ModelListing listing;
  private final ModelCatalog catalog;
  private final Ticker ticker;
  private List<Status.Model> models = List.of();
  private String recognizers = "";
  private long dueNanos;

  InstalledModels(ModelListing listing, ModelCatalog catalog, Ticker ticker) {
    this.listing = requireNonNull(listing, "listing is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.dueNanos = ticker.nanos();
  }

  synchronized List<Status.Model> list() {
    look();
    return models;
  }

  /** The speech models as {@link ModelCatalog#inventory} writes them. */
  synchronized String recognizers() {
    look();
    return recognizers;
  }

  private void look() {
    if (ticker.nanos() - dueNanos < 0) {
      return;
    }
    dueNanos = ticker.nanos() + LOOK.toNanos();
    try {
      models =
          listing.list().stream()
              .map(
                  line ->
                      new Status.Model(line.name(), line.task(), line.isShipped(), line.inUse()))
              .toList();
      recognizers = catalog.inventory(ModelTask.ASR);
    } catch (IOException e) {
      // the check of the models says why
      models = List.of();
    }
  }
}
