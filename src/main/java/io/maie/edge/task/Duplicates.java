package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.Sha256;
import io.maie.edge.request.ParameterDocument;
import io.maie.edge.request.RecordingParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the stored result that answers a recording: of the same content, asked for in the same way,
 * found out by the same programs and models. Used by one thread.
 *
 * <p>The store itself is the record: each result says in {@value Identity#NAME} what it answers.
 * Identities are remembered as long as their result is there, so that nothing can be told apart
 * from it by a crash.
 */
final class Duplicates {
  private static final Logger LOG = LoggerFactory.getLogger(Duplicates.class);

  private final StoredResults stored;
  private final Supplier<Optional<String>> engines;

  /** By task id; empty for a result that answers nothing. */
  private final Map<String, Optional<Identity>> known = new HashMap<>();

  Duplicates(StoredResults stored, Supplier<Optional<String>> engines) {
    this.stored = requireNonNull(stored, "stored is null");
    this.engines = requireNonNull(engines, "engines is null");
  }

  /**
   * Question that a result answers.
   *
   * @param sha256 of the recording
   * @param bytes its size, which spares reading recordings that are nowhere in the store
   * @param key of parameters and engines
   */
  record Identity(String sha256, long bytes, String key) {
    /** The name of its file in the store. */
    static final String NAME = "identity.json";

    private static final int SCHEMA_VERSION = 1;

    Identity {
      requireNonNull(sha256, "sha256 is null");
      requireNonNull(key, "key is null");
    }

    byte[] document() {
      return TaskJson.document(this, SCHEMA_VERSION);
    }
  }

  /**
   * Everything that shapes a result besides the recording, as one word; empty if that is not known.
   */
  Optional<String> key(RecordingParameters parameters) {
    return engines
        .get()
        .map(
            identity -> {
              String all = ParameterDocument.fingerprint(parameters) + '\n' + identity;
              return Sha256.of(all.getBytes(StandardCharsets.UTF_8));
            });
  }

  /**
   * The latest result that answers {@code recording}.
   *
   * @param key the word from {@link #key}; null = no result answers
   */
  Optional<StoredResult> find(
      Task task, Path recording, RecordingParameters parameters, @Nullable String key) {
    if (key == null || parameters.allowDuplicate()) {
      return Optional.empty();
    }
    try {
      List<String> candidates = candidates(task.source().signature().bytes(), key);
      return candidates.isEmpty()
          ? Optional.empty()
          : withContent(candidates, Sha256.ofRegular(recording));
    } catch (IOException e) {
      LOG.debug("Looking for an earlier result failed; the recording is processed", e);
      return Optional.empty();
    }
  }

  /** Ids of results of recordings of that size, latest first. */
  private List<String> candidates(long bytes, String key) throws IOException {
    List<String> ids = stored.ids();
    known.keySet().retainAll(ids);
    for (String id : ids) {
      if (!known.containsKey(id)) {
        learn(id);
      }
    }
    return ids.stream()
        .filter(
            id ->
                identity(id)
                    .filter(identity -> identity.bytes() == bytes && identity.key().equals(key))
                    .isPresent())
        .toList();
  }

  private void learn(String id) throws IOException {
    Path folder = stored.folder(id);
    Path file = folder.resolve(Identity.NAME);
    if (!DurableFiles.exists(file)) {
      // a result that is still being stored is looked at again
      if (DurableFiles.exists(folder.resolve(TaskFolder.RECORD_NAME))) {
        known.put(id, Optional.empty());
      }
      return;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      known.put(id, Optional.of(TaskJson.read(bytes, Identity.class, Identity.SCHEMA_VERSION)));
    } catch (IOException e) {
      LOG.debug("The identity of the stored result {} cannot be read: {}", id, e.toString());
      known.put(id, Optional.empty());
    }
  }

  private Optional<Identity> identity(String id) {
    return known.getOrDefault(id, Optional.empty());
  }

  private Optional<StoredResult> withContent(List<String> candidates, String sha256)
      throws IOException {
    for (String id : candidates) {
      if (identity(id).map(Identity::sha256).filter(sha256::equals).isPresent()) {
        Optional<StoredResult> found = stored.find(id).filter(StoredResult::isSuccess);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }
}
