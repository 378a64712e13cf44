package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Which model somebody wants.
 *
 * @param family the family that the recording asks for; null = any
 * @param asked the folder that the recording names; null = none
 * @param configured the folder that the settings name; null = none
 */
public record ModelWish(
    ModelTask task, @Nullable String family, @Nullable String asked, @Nullable String configured) {

  public ModelWish {
    requireNonNull(task, "task is null");
  }

  /** Any model for {@code task}. */
  public static ModelWish any(ModelTask task) {
    return new ModelWish(task, null, null, null);
  }

  /** What is looked for, in words. */
  String description() {
    return (family == null ? "" : family + " ") + "model for " + task.label();
  }
}
