package io.maie.edge.daemon;

import static java.util.Objects.requireNonNull;

import io.maie.edge.task.FailedRecordings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts recordings that no model could serve back into the inbox when other models are there. */
final class ModelWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ModelWatch.class);

  private final FailedRecordings failed;
  private final Supplier<String> recognizers;

  /** Null before the first look: models may have come while the daemon was down. */
  private @Nullable String seen;

  ModelWatch(FailedRecordings failed, Supplier<String> recognizers) {
    this.failed = requireNonNull(failed, "failed is null");
    this.recognizers = requireNonNull(recognizers, "recognizers is null");
  }

  /** True if recordings went back into the inbox. */
  boolean tick() throws IOException {
    String installed = recognizers.get();
    if (installed.equals(seen)) {
      return false;
    }
    seen = installed;
    List<Path> returned = failed.retryWithOtherModels(installed);
    if (!returned.isEmpty()) {
      LOG.info("Tries recordings again with other models; recordings={}", returned.size());
    }
    return !returned.isEmpty();
  }
}
