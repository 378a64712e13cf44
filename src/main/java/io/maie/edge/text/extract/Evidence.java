package io.maie.edge.text.extract;

import java.util.List;

/**
 * Parts of a transcript that a summary may need.
 *
 * @param sentences all of them, in order
 * @param ranking indices of sentences, those first that say most and do not repeat each other
 * @param decisions in order
 * @param actionItems in order
 * @param questions in order, without those that only ask to repeat
 * @param dates days, months, weekdays and the like as said, in order, each once
 * @param numbers amounts with what they count, in order, each once
 * @param names people, places and organisations, the most frequent first
 * @param phrases what it is about in a few words each, the most telling first
 * @param definitions terms that somebody explains, in order, each once
 */
public record Evidence(
    List<Statement> sentences,
    List<Integer> ranking,
    List<Statement> decisions,
    List<ActionItem> actionItems,
    List<Statement> questions,
    List<Statement> dates,
    List<Statement> numbers,
    List<Statement> names,
    List<Statement> phrases,
    List<Definition> definitions) {

  public Evidence {
    sentences = List.copyOf(sentences);
    ranking = List.copyOf(ranking);
    decisions = List.copyOf(decisions);
    actionItems = List.copyOf(actionItems);
    questions = List.copyOf(questions);
    dates = List.copyOf(dates);
    numbers = List.copyOf(numbers);
    names = List.copyOf(names);
    phrases = List.copyOf(phrases);
    definitions = List.copyOf(definitions);
  }
}
