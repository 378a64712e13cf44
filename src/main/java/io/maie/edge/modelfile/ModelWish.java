package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a model. An installation that lacks its model is at fault itself; a recording that
 * names a model or a family that is not there is at fault, and others must not wait for it.
 *
 * @param family the family that the model must have; null = any
 * @param asked the folder that the recording names; null = none
 * @param configured the folder that the settings name; null = none
 * @param languages codes of the languages that the model must know, all of them; empty = any
 * @param ifAbsent the code of a failure to find a model that {@code configured} does not name
 */
public record ModelWish(
    ModelTask task,
    @Nullable String family,
    @Nullable String asked,
    @Nullable String configured,
    List<String> languages,
    FailureCode ifAbsent) {

  public ModelWish {
    requireNonNull(task, "task is null");
    languages = List.copyOf(languages);
    requireNonNull(ifAbsent, "ifAbsent is null");
  }

  /**
   * The model that the installation uses for {@code task}.
   *
   * @param family the only family that the program can run for this task; null = several
   * @param configured the folder that the settings name; null = the best
   */
  public static ModelWish ofInstallation(
      ModelTask task, @Nullable String family, @Nullable String configured) {
    return new ModelWish(task, family, null, configured, List.of(), FailureCode.MODEL_MISSING);
  }

  /**
   * The model that a recording uses for {@code task}.
   *
   * @param family the family that the recording asks for; null = any
   * @param asked the folder that the recording names; null = none
   * @param configured the folder that the settings name; null = the best
   */
  public static ModelWish ofRecording(
      ModelTask task,
      @Nullable String family,
      @Nullable String asked,
      @Nullable String configured) {
    boolean asksForNothing = family == null && asked == null;
    return new ModelWish(
        task,
        family,
        asked,
        configured,
        List.of(),
        asksForNothing ? FailureCode.MODEL_MISSING : FailureCode.INVALID_PARAMETERS);
  }

  /** This wish for a model that knows all of {@code codes}. */
  public ModelWish withLanguages(List<String> codes) {
    return new ModelWish(task, family, asked, configured, codes, ifAbsent);
  }

  /** True if a recording asks for a family, which overrules the settings. */
  boolean isForFamilyOfRecording() {
    return family != null && ifAbsent == FailureCode.INVALID_PARAMETERS;
  }

  /** The wish in words. */
  String description() {
    return (family == null ? "" : family + " ") + "model for " + task.label();
  }
}
