package io.maie.edge.text.evaluation;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Output of a summariser. */
record Summary(
    List<String> sentences,
    List<String> decisions,
    List<ActionItem> actionItems,
    List<String> dates) {

  Summary {
    sentences = List.copyOf(sentences);
    decisions = List.copyOf(decisions);
    actionItems = List.copyOf(actionItems);
    dates = List.copyOf(dates);
  }

  /** Words of all of it; a statement that stands in several places counts once. */
  int words() {
    Stream<String> ofActionItems =
        actionItems.stream()
            .flatMap(item -> Stream.of(item.task(), item.person(), item.due()))
            .filter(Objects::nonNull);
    return Stream.of(sentences.stream(), decisions.stream(), ofActionItems, dates.stream())
        .flatMap(statements -> statements)
        .distinct()
        .mapToInt(statement -> Words.of(statement).size())
        .sum();
  }
}
