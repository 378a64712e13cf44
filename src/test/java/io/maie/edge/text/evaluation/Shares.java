package io.maie.edge.text.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Shares of what the references have, 0 to 1; empty where they have nothing of the kind. */
record Shares(
    OptionalDouble decisions,
    OptionalDouble actionItems,
    OptionalDouble completeActionItems,
    OptionalDouble dates) {

  static Shares of(Coverage coverage) {
    return new Shares(
        coverage.decisions(),
        coverage.actionItems(),
        coverage.completeActionItems(),
        coverage.dates());
  }

  /** The mean of each share over those that have it. */
  static Shares mean(List<Shares> all) {
    return new Shares(
        mean(all, Shares::decisions),
        mean(all, Shares::actionItems),
        mean(all, Shares::completeActionItems),
        mean(all, Shares::dates));
  }

  static <T> OptionalDouble mean(List<T> all, Function<T, OptionalDouble> figure) {
    return all.stream().map(figure).flatMapToDouble(OptionalDouble::stream).average();
  }

  /** In the order in which they are declared. */
  List<OptionalDouble> inOrder() {
    return List.of(decisions, actionItems, completeActionItems, dates);
  }
}
