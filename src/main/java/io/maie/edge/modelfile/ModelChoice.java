package io.maie.edge.modelfile;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rule by which one of several models is chosen. A damaged model is never passed over in favour
 * of a starter: whoever installed a better model would get worse transcripts without noticing.
 */
final class ModelChoice {
  private static final Comparator<InstalledModel> BY_WORTH =
      comparing(InstalledModel::isStarter)
          .thenComparing(comparing(InstalledModel::bytes).reversed())
          .thenComparing(InstalledModel::name);

  private final List<InstalledModel> installed;
  private final Path models;
  private final ModelWish wish;

  private ModelChoice(List<InstalledModel> installed, Path models, ModelWish wish) {
    this.installed = installed;
    this.models = models;
    this.wish = wish;
  }

  static ModelFolder among(List<InstalledModel> installed, Path models, ModelWish wish)
      throws ProcessingException {
    return new ModelChoice(installed, models, wish).choose();
  }

  private ModelFolder choose() throws ProcessingException {
    if (wish.asked() != null) {
      return named(wish.asked(), wish.ifAbsent());
    }
    if (wish.configured() != null && !isOfAnotherFamily(wish.configured())) {
      return named(wish.configured(), FailureCode.MODEL_MISSING);
    }
    return best();
  }

  private ModelFolder named(String name, FailureCode ifAbsent) throws ProcessingException {
    Optional<InstalledModel> found =
        installed.stream().filter(model -> model.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      throw new ProcessingException(
          ifAbsent,
          "No model '%s' in '%s'".formatted(name, models),
          "Name one of: " + names(candidates()));
    }
    ModelFolder folder = usable(found.get());
    if (!matches(found.get())) {
      throw new ProcessingException(
          ifAbsent,
          "Expected a %s, found '%s': a %s model for %s"
              .formatted(
                  wish.description(),
                  name,
                  folder.manifest().family(),
                  folder.manifest().task().label()),
          "Name one of: " + names(candidates()));
    }
    return folder;
  }

  private ModelFolder best() throws ProcessingException {
    Optional<InstalledModel> worthiest = candidates().stream().min(BY_WORTH);
    Optional<InstalledModel> verified =
        candidates().stream().filter(model -> model.state().isOk()).min(BY_WORTH);
    if (verified.isPresent() && !verified.get().isStarter()) {
      return usable(verified.get());
    }
    Optional<InstalledModel> unreadable = installed.stream().filter(this::isUnreadable).findFirst();
    if (unreadable.isPresent()) {
      throw unusable(unreadable.get());
    }
    if (worthiest.isEmpty()) {
      throw new ProcessingException(
          wish.ifAbsent(),
          "No %s in '%s'".formatted(wish.description(), models),
          "Put one there with 'models pull' or 'models import'");
    }
    return usable(worthiest.get().isStarter() ? verified.orElse(worthiest.get()) : worthiest.get());
  }

  /** A recording that asks for another family overrules the settings. */
  private boolean isOfAnotherFamily(String name) {
    return wish.isForFamilyOfRecording()
        && installed.stream()
            .filter(model -> model.name().equals(name))
            .flatMap(model -> model.folder().stream())
            .anyMatch(folder -> !folder.manifest().family().equals(wish.family()));
  }

  /** Whether this might be the model the operator means, were its manifest not broken. */
  private boolean isUnreadable(InstalledModel model) {
    return model.folder().isEmpty() && model.state().kind() == ModelState.Kind.DAMAGED;
  }

  private List<InstalledModel> candidates() {
    return installed.stream().filter(this::matches).toList();
  }

  private boolean matches(InstalledModel model) {
    return model.serves(wish.task())
        && (wish.family() == null
            || model
                .folder()
                .filter(folder -> folder.manifest().family().equals(wish.family()))
                .isPresent());
  }

  private static ModelFolder usable(InstalledModel model) throws ProcessingException {
    if (!model.state().isOk()) {
      throw unusable(model);
    }
    return model.folder().orElseThrow();
  }

  private static ProcessingException unusable(InstalledModel model) {
    return new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Model '%s' cannot be used: %s".formatted(model.name(), model.state().reason()),
            "Let the service read it, install it again with 'models import', or remove its folder")
        .withDetail("model", model.name());
  }

  private static String names(List<InstalledModel> models) {
    return models.isEmpty()
        ? "(none installed)"
        : models.stream().map(InstalledModel::name).collect(joining(", "));
  }
}
