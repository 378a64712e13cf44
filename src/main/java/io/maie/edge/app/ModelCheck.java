package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.ModelFolder;
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
      ModelFolder chosen = catalog.choose(wish);
      String name = "'" + chosen.path().getFileName() + "'";
      return chosen.manifest().starter()
          ? Finding.ok(name + ", a starter: fine for trying, poor on real voices")
          : Finding.ok(name);
    } catch (ProcessingException e) {
      return Finding.failure(e.code() + ": " + e.getMessage(), e.hint().orElse(e.code().advice()));
    }
  }
}
