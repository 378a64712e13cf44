package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ChosenModel;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelWish;
import io.maie.edge.telemetry.Check;

/** Whether a recording that asks for nothing would find a sound model. */
final class ModelCheck implements Check {
  private final ModelCatalog catalog;
  private final ModelWish wish;

  ModelCheck(ModelCatalog catalog, ModelWish wish) {
    this.catalog = requireNonNull(catalog, "catalog is null");
    this.wish = requireNonNull(wish, "wish is null");
  }

  @Override
  public String name() {
    return wish.task().label() + " model";
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
          : Finding.failure(e.code() + ": " + e.getMessage(), hint);
    }
  }
}
