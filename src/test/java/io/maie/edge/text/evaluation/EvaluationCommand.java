package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints the figures of a summariser beside those of the baselines.
 *
 * <p>Arguments: the name of a class that implements {@link Summarizer}, or none for the baselines
 * alone; {@code --final}, {@code --second-final}, {@code --third-final}, {@code --fourth-final},
 * {@code --fifth-final}, {@code --second-development} or {@code --third-development} for other
 * texts than the first for development; {@code --list} for the statements instead of the figures.
 */
final class EvaluationCommand {
  private EvaluationCommand() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    List<String> names = new ArrayList<>(List.of(arguments));
    EvaluationSet set = EvaluationSet.DEVELOPMENT;
    if (names.remove("--final")) {
      set = EvaluationSet.FINAL;
    } else if (names.remove("--second-final")) {
      set = EvaluationSet.SECOND_FINAL;
    } else if (names.remove("--third-final")) {
      set = EvaluationSet.THIRD_FINAL;
    } else if (names.remove("--fourth-final")) {
      set = EvaluationSet.FOURTH_FINAL;
    } else if (names.remove("--fifth-final")) {
      set = EvaluationSet.FIFTH_FINAL;
    } else if (names.remove("--third-development")) {
      set = EvaluationSet.THIRD_DEVELOPMENT;
    } else if (names.remove("--second-development")) {
      set = EvaluationSet.SECOND_DEVELOPMENT;
    }
    boolean isListing = names.remove("--list");
    if (isListing) {
      System.out.print(new Listing(summarizer(names.get(0))).of(set.texts()));
      return;
    }
    Evaluation evaluation = new Evaluation(names.isEmpty() ? null : summarizer(names.get(0)));
    System.out.print(evaluation.table(set.texts()));
  }

  private static Summarizer summarizer(String className) throws ReflectiveOperationException {
    return Class.forName(className)
        .asSubclass(Summarizer.class)
        .getDeclaredConstructor()
        .newInstance();
  }
}
