package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.request.AsrBackend;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Chooses among the models in {@code models/} and keeps the recogniser that was used last, so that
 * one model at a time is in memory. Thread-safe; its recognisers are not.
 */
public final class InstalledRecognizers implements RecognizerChoice {
  private final ModelCatalog catalog;
  private final Families families;
  private final @Nullable String configured;
  private final Consumer<Path> unload;

  /** Guarded by this. */
  private @Nullable ModelFolder openFolder;

  /** Guarded by this. */
  private @Nullable RecognizerFamily openFamily;

  /** Guarded by this. */
  private @Nullable SpeechRecognizer open;

  /**
   * Makers of recognisers, by the family's name in manifests, which is the backend's name in
   * parameters.
   *
   * @param usual as the settings say
   * @param sparing the same with as little memory as they can
   */
  public record Families(
      Map<String, RecognizerFamily> usual, Map<String, RecognizerFamily> sparing) {

    public Families {
      usual = Map.copyOf(usual);
      sparing = Map.copyOf(sparing);
    }
  }

  /**
   * A choice among {@code catalog}.
   *
   * @param configured the folder that the settings name; null = none
   * @param unload receives the folder of a model whose memory is no longer needed
   */
  public InstalledRecognizers(
      ModelCatalog catalog, Families families, @Nullable String configured, Consumer<Path> unload) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.families = requireNonNull(families, "families is null");
    this.configured = configured;
    this.unload = requireNonNull(unload, "unload is null");
  }

  @Override
  public ChosenRecognizer choose(RecognizerWish wish) throws ProcessingException {
    return choose(wish, families.usual());
  }

  @Override
  public RecognizerChoice sparingMemory() {
    return wish -> choose(wish, families.sparing());
  }

  private synchronized ChosenRecognizer choose(
      RecognizerWish wish, Map<String, RecognizerFamily> among) throws ProcessingException {
    ModelFolder folder = folder(wish);
    return new ChosenRecognizer(
        recognizer(folder, family(folder, among)), folder.manifest().languages());
  }

  /**
   * Checks that {@link #choose} finds a model; opens none.
   *
   * @throws ProcessingException as {@link #choose}
   */
  public void require(RecognizerWish wish) throws ProcessingException {
    var unused = folder(wish);
  }

  private ModelFolder folder(RecognizerWish wish) throws ProcessingException {
    String family = wish.backend() == AsrBackend.AUTO ? null : wish.backend().label();
    return catalog.choose(
        ModelWish.ofRecording(ModelTask.ASR, family, wish.model(), configured)
            .withLanguages(wish.languages()));
  }

  private synchronized SpeechRecognizer recognizer(ModelFolder folder, RecognizerFamily opener)
      throws ProcessingException {
    SpeechRecognizer known = open;
    if (known != null && folder.equals(openFolder) && opener.equals(openFamily)) {
      return known;
    }
    SpeechRecognizer chosen = new SecondHearing(folder.reading(() -> opener.open(folder)));
    if (openFolder != null) {
      unload.accept(openFolder.path());
    }
    open = chosen;
    openFolder = folder;
    openFamily = opener;
    return chosen;
  }

  /**
   * Releases the recogniser that was used last, with its language model; a running use continues.
   */
  public synchronized void release() {
    open = null;
    openFolder = null;
    openFamily = null;
  }

  private static RecognizerFamily family(ModelFolder folder, Map<String, RecognizerFamily> families)
      throws ProcessingException {
    String name = folder.manifest().family();
    RecognizerFamily family = families.get(name);
    if (family == null) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a model of one of the families %s, found '%s': '%s'"
              .formatted(new TreeSet<>(families.keySet()), name, folder.path()),
          "Install a model of a family that this version can run");
    }
    return family;
  }
}
