package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.amount.Amounts;
import io.maie.edge.config.TextSettings;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.onnx.OnnxLanguageModel;
import io.maie.edge.text.onnx.OnnxLanguageModel.Limits;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * The language model of this machine. It is in memory only while it is used, and other models give
 * theirs back before: a device needs room for the largest, not for all.
 */
final class LocalLanguageModel {
  /** Family of the models, as manifests name it. */
  static final String FAMILY = "decoder";

  /** Beside the weights, a model needs room for its tokens and what it works with. */
  private static final double ROOM = 1.25;

  private final ModelCatalog catalog;
  private final TextSettings.LocalModel settings;
  private final OnnxRuntime onnx;
  private final Ticker ticker;
  private final Runnable unloadOthers;

  LocalLanguageModel(
      ModelCatalog catalog,
      TextSettings.LocalModel settings,
      OnnxRuntime onnx,
      Ticker ticker,
      Runnable unloadOthers) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.onnx = requireNonNull(onnx, "onnx is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    this.unloadOthers = requireNonNull(unloadOthers, "unloadOthers is null");
  }

  /** The model that is used where nobody says which. */
  static ModelWish wish(TextSettings.LocalModel settings) {
    return ModelWish.ofInstallation(ModelTask.TEXT, FAMILY, settings.model().orElse(null));
  }

  /**
   * Returns whether there is a model that may be used without being asked for, or the settings name
   * one.
   */
  boolean isInstalled() {
    if (settings.model().isPresent()) {
      return true;
    }
    try {
      if (isAnyThere(catalog)) {
        return !catalog.choose(wish(settings)).name().isEmpty();
      }
      return false;
    } catch (ProcessingException | IOException e) {
      // 'models list' and 'doctor' tell why none can be used
      return false;
    }
  }

  /** Returns whether there is a language model, whatever its state. */
  static boolean isAnyThere(ModelCatalog catalog) throws IOException {
    return catalog.list().stream()
        .flatMap(model -> model.folder().stream())
        .anyMatch(folder -> folder.manifest().task() == ModelTask.TEXT);
  }

  /** Work with a model that is open only during it. */
  @FunctionalInterface
  interface Work<T, E extends Exception> {
    T on(OnnxLanguageModel model) throws E, ModelException, TaskStoppedException;
  }

  /**
   * Opens the model, works with it, and closes it.
   *
   * @throws ModelException if there is no model that can be used, or it fails
   */
  <T, E extends Exception> T use(Work<T, E> work) throws E, ModelException, TaskStoppedException {
    unloadOthers.run();
    try {
      ModelFolder folder = catalog.choose(wish(settings));
      requireMemory(folder);
      String graph = folder.manifest().settings().text("graph");
      try (OnnxLanguageModel model =
          folder.reading(
              () ->
                  OnnxLanguageModel.open(
                      folder.path(), graph, onnx, new Limits(settings.options(), ticker)))) {
        return work.on(model);
      } finally {
        onnx.unload(folder.path());
      }
    } catch (ProcessingException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static void requireMemory(ModelFolder folder) throws ModelException {
    long needed = (long) (ROOM * folder.manifest().bytes());
    OptionalLong available = MachineFacts.availableBytes();
    if (available.isPresent() && available.getAsLong() < needed) {
      throw new ModelException(
          "the language model '%s' needs about %s of memory, and %s are available"
              .formatted(
                  folder.name(), Amounts.bytes(needed), Amounts.bytes(available.getAsLong())));
    }
  }
}
