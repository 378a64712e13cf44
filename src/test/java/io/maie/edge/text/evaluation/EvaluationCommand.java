package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints the figures of a summariser beside those of the baselines.
 *
 * <p>Arguments: the name of a class that implements {@link Summarizer}, or none for the baselines
 * alone; {@code --final} or {@code --second-final} for the texts that are looked at once.
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
