package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.result.ModelIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An installed model with its name in results and its engine, which is opened when it is first
 * used. Used by one thread at a time.
 *
 * @param <E> the engine
 */
public final class ModelInUse<E> {
  private final ModelFolder folder;
  private final ModelIdentity identity;
  private final ModelFolder.Reading<E> opening;
  private @Nullable E engine;

  /** The model in {@code folder}; nothing is opened yet. */
  public ModelInUse(ModelFolder folder, ModelIdentity identity, ModelFolder.Reading<E> opening) {
    this.folder = requireNonNull(folder, "folder is null");
    this.identity = requireNonNull(identity, "identity is null");
    this.opening = requireNonNull(opening, "opening is null");
  }

  public ModelIdentity identity() {
    return identity;
  }

  /**
   * The engine.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it cannot be opened
   */
  public E engine() throws ProcessingException {
    E open = engine;
    if (open == null) {
      open = folder.reading(opening);
      engine = open;
    }
    return open;
  }

  /**
   * Names all that a transcript depends on, for checkpoints.
   *
   * @param windows in which the recording is heard
   * @param asked what else the recogniser heeds, with a stable string
   */
  public static String fingerprint(
      ModelIdentity identity, List<SpeechWindow> windows, Object... asked) {
    List<String> parts = new ArrayList<>();
    parts.add(identity.checkpointHash());
    parts.add(new TreeMap<>(identity.decodingParams()).toString());
    parts.add(String.valueOf(windows.size()));
    parts.add(String.valueOf(windows.hashCode()));
    for (Object each : asked) {
      parts.add(each.toString());
    }
    return String.join("|", parts);
  }
}
