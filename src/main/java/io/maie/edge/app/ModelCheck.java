package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ChosenModel;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.telemetry.Check;
import java.util.function.BiFunction;

/** Checks that a recording that asks for nothing finds a sound model. */
final class ModelCheck implements Check {
  private final ModelCatalog catalog;
  private final ModelWish wish;

  /** Makes a finding of a message and a hint. */
  private final BiFunction<String, String, Finding> complaint;

  /** A check of a model that no recording can do without. */
  ModelCheck(ModelCatalog catalog, ModelWish wish) {
    this(catalog, wish, Finding::failure);
  }

  private ModelCheck(
      ModelCatalog catalog, ModelWish wish, BiFunction<String, String, Finding> complaint) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.wish = requireNonNull(wish, "wish is null");
    this.complaint = requireNonNull(complaint, "complaint is null");
  }

  /** A check of a model without which recordings lack only what it would add. */
  static ModelCheck ofOptional(ModelCatalog catalog, ModelWish wish) {
    return new ModelCheck(catalog, wish, Finding::warning);
  }

  @Override
  public String name() {
    return wish.task().label().replace('_', ' ') + " model";
  }

  @Override
  public Finding run() {
    try {
      ChosenModel chosen = catalog.explained(wish);
      return Finding.ok("'%s', %s".formatted(chosen.folder().name(), chosen.reason()));
    } catch (ProcessingException e) {
      String hint = e.hint().orElse(e.code().advice());
      return e.code().scope() == FailureCode.Scope.RECORDING
          ? Finding.warning(e.code() + ": " + e.getMessage(), hint)
          : complaint.apply(e.code() + ": " + e.getMessage(), hint);
    }
  }
}
