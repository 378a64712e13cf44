package io.maie.edge.text.evaluation;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Measures which decisions, action items and dates of the references a summary has.
 *
 * <ul>
 *   <li>A decision is covered if at least half of its content words stand in one decision of the
 *       summary. {@link Words#contentOf} tells which words these are and when two are the same.
 *   <li>An action item is covered if the same holds of its task and the task of one action item of
 *       the summary. It is complete if that item also has the person and the due date of the
 *       reference, in its task or in a field of its own; what the reference lacks is not asked for.
 *   <li>A person, a due date or a date is there if all words of one of its ways of writing stand in
 *       one statement. A date such as 2026-05-15 is read as 15 May 2026 and 15 tháng 5 2026.
 *   <li>A statement of more than 60 words covers nothing.
 * </ul>
 *
 * <p>Each share is the mean over the references that have something of the kind.
 *
 * <p>A statement of the summary is right if it covers something in either reference; precision is
 * the share that is. What a text has nothing of is listed wrongly.
 */
final class Coverage {
  /** A statement of more words covers nothing. */
  static final int MAX_WORDS = 60;

  private static final double ENOUGH = 0.5;
  private static final Pattern ISO_DATE = Pattern.compile("\\b\\d{4}-\\d{2}-\\d{2}\\b");
  private static final DateTimeFormatter ENGLISH =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter VIETNAMESE =
      DateTimeFormatter.ofPattern("d 'tháng' M uuuu", Locale.ROOT);
  private static final Pattern ALTERNATIVES = Pattern.compile(" / ");

  private final Summary summary;
  private final List<Reference> references;

  Coverage(Summary summary, List<Reference> references) {
    this.summary = summary;
    this.references = references;
  }

  /** Share of the decisions that are covered; empty if no reference has any. */
  OptionalDouble decisions() {
    return share(
        Reference::decisions,
        decision -> summary.decisions().stream().anyMatch(found -> says(found, decision)));
  }

  /** Share of the action items that are covered; empty if no reference has any. */
  OptionalDouble actionItems() {
    return share(
        Reference::actionItems,
        item -> summary.actionItems().stream().anyMatch(found -> says(found.task(), item.task())));
  }

  /** Share of the action items that are covered with person and due date. */
  OptionalDouble completeActionItems() {
    return share(
        Reference::actionItems,
        item -> summary.actionItems().stream().anyMatch(found -> isComplete(found, item)));
  }

  /** Share of the dates that are covered; empty if no reference has any. */
  OptionalDouble dates() {
    return share(
        Reference::dates,
        date -> summary.dates().stream().anyMatch(found -> hasOneOf(found, date)));
  }

  /** Share of the decisions of the summary that are right; empty if it has none. */
  OptionalDouble decisionPrecision() {
    return summary.decisions().stream()
        .mapToDouble(found -> isAny(found, references, Reference::decisions) ? 1 : 0)
        .average();
  }

  /** Share of the action items of the summary that are right; empty if it has none. */
  OptionalDouble actionPrecision() {
    return summary.actionItems().stream()
        .mapToDouble(found -> isAny(found.task(), references, Coverage::tasks) ? 1 : 0)
        .average();
  }

  static List<String> tasks(Reference reference) {
    return reference.actionItems().stream().map(ActionItem::task).toList();
  }

  /** Returns whether a statement covers one item of any of the references. */
  static boolean isAny(
      String statement, List<Reference> references, Function<Reference, List<String>> items) {
    return references.stream()
        .flatMap(reference -> items.apply(reference).stream())
        .anyMatch(wanted -> says(statement, wanted));
  }

  private <T> OptionalDouble share(
      Function<Reference, List<T>> ofReference, Predicate<T> isCovered) {
    return references.stream()
        .map(ofReference)
        .filter(items -> !items.isEmpty())
        .mapToDouble(items -> (double) items.stream().filter(isCovered).count() / items.size())
        .average();
  }

  static boolean isComplete(ActionItem found, ActionItem item) {
    return says(found.task(), item.task())
        && hasPart(found, found.person(), item.person())
        && hasPart(found, found.due(), item.due());
  }

  private static boolean hasPart(
      ActionItem found, @Nullable String field, @Nullable String wanted) {
    return wanted == null
        || hasOneOf(found.task(), wanted)
        || (field != null && hasOneOf(field, wanted));
  }

  static boolean says(String statement, String wanted) {
    Set<String> words = Words.contentOf(wanted);
    Set<String> found = Words.contentOf(statement);
    return !isTooLong(statement)
        && words.stream().filter(found::contains).count() >= ENOUGH * words.size();
  }

  static boolean hasOneOf(String statement, String wanted) {
    Collection<String> words = Words.of(withReadDates(statement));
    return !isTooLong(statement)
        && ALTERNATIVES.splitAsStream(wanted).anyMatch(way -> words.containsAll(Words.of(way)));
  }

  private static boolean isTooLong(String statement) {
    return Words.of(statement).size() > MAX_WORDS;
  }

  private static String withReadDates(String statement) {
    return ISO_DATE
        .matcher(statement)
        .replaceAll(
            date -> {
              LocalDate day = LocalDate.parse(date.group());
              return day.format(ENGLISH) + ", " + day.format(VIETNAMESE);
            });
  }
}
