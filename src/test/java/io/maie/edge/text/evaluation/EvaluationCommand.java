package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Prints the figures of a summariser beside those of the baselines.
 *
 * <p>Arguments: the name of a class that implements {@link Summarizer}, or none for the baselines
 * alone; {@code --final} for the texts that are looked at once.
 */
final class EvaluationCommand {
  private EvaluationCommand() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    List<String> names = new ArrayList<>(List.of(arguments));
    boolean isFinal = names.remove("--final");
    EvaluationSet set = isFinal ? EvaluationSet.FINAL : EvaluationSet.DEVELOPMENT;
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
