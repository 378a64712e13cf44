package io.maie.edge.text.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads an output as a whole, without regard to its headings: everything in it is offered as a
 * decision, as an action item and as a date, in the same way for every summariser.
 *
 * <p>Statements are read one by one, or as passages: a passage is a run of statements that stand
 * beside each other in one list, as long as they have no more words than {@link Coverage} lets a
 * statement have. Passages favour whoever lists many short sentences, related or not; statements
 * favour whoever joins what belongs together. A summariser that is better by both is better.
 *
 * <p>Dates are always read one by one: of two dates beside each other, the day of one and the month
 * of the other make none that was told.
 */
final class Passages {
  private Passages() {}

  /** The same output, each statement of it in all lists. */
  static Summary single(Summary summary) {
    return everywhere(summary, lists(summary).flatMap(List::stream).distinct().toList());
  }

  /** The same output, each passage of it in all lists. */
  static Summary joined(Summary summary) {
    return everywhere(
        summary, lists(summary).flatMap(list -> runs(list).stream()).distinct().toList());
  }

  private static Summary everywhere(Summary summary, List<ActionItem> passages) {
    Stream<String> dated =
        lists(summary)
            .flatMap(List::stream)
            .flatMap(item -> Stream.of(item.task(), item.due()))
            .filter(Objects::nonNull);
    return new Summary(
        summary.sentences(),
        passages.stream().map(ActionItem::task).toList(),
        passages,
        Stream.concat(dated, summary.dates().stream()).distinct().toList());
  }

  private static Stream<List<ActionItem>> lists(Summary summary) {
    return Stream.of(items(summary.sentences()), items(summary.decisions()), summary.actionItems());
  }

  private static List<ActionItem> items(List<String> statements) {
    return statements.stream().map(statement -> new ActionItem(statement, null, null)).toList();
  }

  /** All passages of a list. */
  private static List<ActionItem> runs(List<ActionItem> items) {
    List<ActionItem> runs = new ArrayList<>();
    for (int from = 0; from < items.size(); from++) {
      runs.add(items.get(from));
      for (int to = from + 2; to <= items.size(); to++) {
        ActionItem run = joined(items.subList(from, to));
        if (Words.of(run.task()).size() > Coverage.MAX_WORDS) {
          break;
        }
        runs.add(run);
      }
    }
    return runs;
  }

  private static ActionItem joined(List<ActionItem> items) {
    return new ActionItem(
        joined(items.stream().map(ActionItem::task)),
        joined(items.stream().map(ActionItem::person)),
        joined(items.stream().map(ActionItem::due)));
  }

  private static String joined(Stream<@Nullable String> parts) {
    return String.join(" ", parts.filter(Objects::nonNull).toList());
  }
}
