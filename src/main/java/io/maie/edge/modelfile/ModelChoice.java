package io.maie.edge.modelfile;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rule by which one of several models is chosen: among those that know the language, one that
 * the operator added before one that ships, then the larger. A damaged model that was added is
 * never passed over in favour of one that ships: its owner would get worse transcripts without
 * noticing. A model whose licence restricts its use is used where the recording or the settings
 * name it, and nowhere else.
 */
final class ModelChoice {
  private static final Comparator<InstalledModel> BY_WORTH =
      comparing(InstalledModel::isShipped)
          .thenComparing(comparing(InstalledModel::bytes).reversed())
          .thenComparing(InstalledModel::name);

  /** The detail of a failure that tells which models there were. */
  static final String INVENTORY_DETAIL = "installed_models";

  /** More languages than this are counted, not listed. */
  private static final int MOST_LISTED = 4;

  /** Published names of models by family, for families whose names operators know. */
  private static final Map<String, String> FIRST_OF_FAMILY =
      Map.of(
          "whisper", "whisper-base",
          "moonshine", "moonshine-base",
          "transducer", "zipformer-en",
          "ctc", "sense-voice-small");

  private final List<InstalledModel> installed;
  private final Path models;
  private final ModelWish wish;

  private ModelChoice(List<InstalledModel> installed, Path models, ModelWish wish) {
    this.installed = installed;
    this.models = models;
    this.wish = wish;
  }

  static ChosenModel among(List<InstalledModel> installed, Path models, ModelWish wish)
      throws ProcessingException {
    return new ModelChoice(installed, models, wish).choose();
  }

  private ChosenModel choose() throws ProcessingException {
    String asked = wish.asked();
    if (asked != null) {
      ModelFolder folder = named(asked, wish.ifAbsent());
      if (!knowsTheLanguage(asked)) {
        throw unsupported("The model '%s' that was asked for does not know".formatted(asked));
      }
      return new ChosenModel(folder, "asked for by the recording");
    }
    String configured = wish.configured();
    if (configured != null && !isOfAnotherFamily(configured) && knowsTheLanguage(configured)) {
      return new ChosenModel(named(configured, FailureCode.MODEL_MISSING), "named by the settings");
    }
    return best();
  }

  /** True for a model that is not there, too: its absence is another failure. */
  private boolean knowsTheLanguage(String name) {
    return installed.stream().filter(model -> model.name().equals(name)).allMatch(this::speaks);
  }

  private boolean speaks(InstalledModel model) {
    return wish.languages().stream().allMatch(model::speaks);
  }

  private ModelFolder named(String name, FailureCode ifAbsent) throws ProcessingException {
    Optional<InstalledModel> found =
        installed.stream().filter(model -> model.name().equals(name)).findFirst();
    if (found.isEmpty()) {
      throw new ProcessingException(
          ifAbsent,
          "No model '%s' in '%s'".formatted(name, models),
          "Name one of: "
              + names(candidates())
              + "; 'maie-edge models catalog' lists those that can be pulled");
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

  private ChosenModel best() throws ProcessingException {
    List<InstalledModel> able =
        candidates().stream().filter(this::speaks).filter(InstalledModel::hasFreeLicence).toList();
    Optional<InstalledModel> worthiest = able.stream().min(BY_WORTH);
    Optional<InstalledModel> verified =
        able.stream().filter(model -> model.state().isOk()).min(BY_WORTH);
    if (verified.isPresent() && !verified.get().isShipped()) {
      return chosen(verified.get(), able);
    }
    Optional<InstalledModel> unreadable = installed.stream().filter(this::isUnreadable).findFirst();
    if (unreadable.isPresent()) {
      throw unusable(unreadable.get());
    }
    if (worthiest.isEmpty()) {
      Optional<InstalledModel> restricted =
          candidates().stream()
              .filter(this::speaks)
              .filter(model -> model.state().isOk())
              .findAny();
      if (restricted.isPresent()) {
        throw restricted(restricted.get());
      }
      throw candidates().isEmpty() ? missing() : unsupported("None of the installed models knows");
    }
    InstalledModel model = worthiest.get();
    return chosen(model.isShipped() ? verified.orElse(model) : model, able);
  }

  private ChosenModel chosen(InstalledModel model, List<InstalledModel> able)
      throws ProcessingException {
    long equals = able.stream().filter(other -> other.isShipped() == model.isShipped()).count();
    String reason;
    if (able.size() == 1) {
      reason = "the only one";
    } else if (model.isShipped()) {
      reason = equals == 1 ? "the only sound one" : "the largest of those that ship";
    } else {
      reason = equals == 1 ? "added here, and so preferred" : "the largest of those added here";
    }
    return new ChosenModel(usable(model), reason);
  }

  private ProcessingException missing() {
    return new ProcessingException(
        wish.ifAbsent(), "No %s in '%s'".formatted(wish.description(), models), source());
  }

  /** The smallest published model of each family that is good enough to begin with. */
  private String source() {
    String family = wish.family();
    String published = family == null ? null : FIRST_OF_FAMILY.get(family);
    return published == null
        ? "Put one there with 'maie-edge models pull' or 'maie-edge models import'"
        : "'maie-edge models pull %s' fetches one; 'maie-edge models catalog' lists others"
            .formatted(published);
  }

  private ProcessingException restricted(InstalledModel model) {
    return new ProcessingException(
            wish.languages().isEmpty() ? wish.ifAbsent() : FailureCode.LANGUAGE_UNSUPPORTED,
            "The model '%s' is not chosen automatically: its licence (%s) restricts its use"
                .formatted(model.name(), model.licence()),
            wish.task() == ModelTask.TEXT
                ? "Read the licence; if it allows your use, set text.onnx.model to '%s'"
                    .formatted(model.name())
                : "Read the licence; if it allows your use, set asr.model to '%s', or name it in asr_model"
                    .formatted(model.name()))
        .withDetail("language", String.join(" ", wish.languages()))
        .withDetail(INVENTORY_DETAIL, inventory(installed, wish.task()));
  }

  private ProcessingException unsupported(String subject) {
    return new ProcessingException(
            FailureCode.LANGUAGE_UNSUPPORTED,
            "%s the language '%s'; installed: %s"
                .formatted(subject, String.join("', '", wish.languages()), described(candidates())),
            advice(wish.languages()) + " The recording is then tried again automatically")
        .withDetail("language", String.join(" ", wish.languages()))
        .withDetail(INVENTORY_DETAIL, inventory(installed, wish.task()));
  }

  private static String advice(List<String> languages) {
    return WhisperLanguages.PUBLISHED.containsAll(languages)
        ? "Add a model that knows it: 'maie-edge models pull whisper-base' fetches one of 99"
            + " languages, 'maie-edge models catalog' lists others."
        : "Whisper's models do not know it. Look for a CTC or transducer model of this language,"
            + " and add it with 'maie-edge models import'.";
  }

  /** The models for {@code task} as one word each; another value means other models. */
  static String inventory(List<InstalledModel> installed, ModelTask task) {
    return installed.stream()
        .filter(model -> model.serves(task) && model.state().isOk())
        .map(model -> model.name() + ":" + model.bytes())
        .collect(joining(" "));
  }

  private static String described(List<InstalledModel> models) {
    return models.isEmpty()
        ? "none"
        : models.stream()
            .map(model -> "'%s' (%s)".formatted(model.name(), languages(model)))
            .collect(joining(", "));
  }

  private static String languages(InstalledModel model) {
    List<String> codes =
        model.folder().map(folder -> folder.manifest().languages()).orElse(List.of());
    return codes.size() > MOST_LISTED ? codes.size() + " languages" : String.join(", ", codes);
  }

  /** A recording that asks for another family overrules the settings. */
  private boolean isOfAnotherFamily(String name) {
    return wish.isForFamilyOfRecording()
        && installed.stream()
            .filter(model -> model.name().equals(name))
            .flatMap(model -> model.folder().stream())
            .anyMatch(folder -> !folder.manifest().family().equals(wish.family()));
  }

  /** Returns whether this might be the model the operator means, could it be read. */
  private boolean isUnreadable(InstalledModel model) {
    return model.folder().isEmpty()
        && model.isMeantFor(wish.task())
        && model.state().kind() == ModelState.Kind.DAMAGED;
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
