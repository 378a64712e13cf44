package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import io.maie.edge.transcript.CleanTranscript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks through a clean transcript for everything that a summary may need. */
public final class EvidenceFinder {
  /** Shorter questions only keep a talk going: "Sorry?", "Literally?" */
  private static final int FEWEST_WORDS = 4;

  private static final double DECISION_WEIGHT = 1.35;
  private static final double FACT_WEIGHT = 1.12;
  private static final double QUESTION_WEIGHT = 0.35;

  /** For sentences near the start that say what will be talked about. */
  private static final double TOPIC_WEIGHT = 1.6;

  private static final double START = 0.15;
  private static final Pattern TOPIC =
      Pattern.compile(
          "\\bthis is (?:the|a|our)\\b|\\b(?:two|three|four|several)"
              + " (?:things|topics|points)\\b|\\b(?:today|tonight)"
              + " (?:we|i)\\b|\\b(?:agenda|subject|topic) (?:is|of)\\b|\\bin the course of\\b|hôm"
              + " nay (?:là|mình|chúng ta|tôi)|nội dung (?:là|chính)|(?:hai|ba|bốn) (?:việc|nội"
              + " dung|vấn đề)");

  private static final double HEDGE_WEIGHT = 0.8;
  private static final List<String> HEDGES =
      List.of("i don't know", "i think", "i mean", "thank", "let me", "hello", "em nghĩ", "cảm ơn");

  /** Courtesies of calls, which tell nothing. */
  private static final Pattern COURTESY =
      Pattern.compile(
          "\\b(?:sorry to hear|can i take your|anything else i can|is there anything else|how"
              + " (?:can|may) i help|thanks? (?:you )?for"
              + " (?:calling|coming|joining|having|making|taking)|bear with me)\\b");

  /** Questions that only end or check a talk. */
  private static final Pattern NO_QUESTION =
      Pattern.compile(
          "\\b(?:any (?:other |more )?questions|anything else|any objections|can you (?:hear|see)"
              + " (?:me|my))\\b|(?:ai )?(?:có ý kiến|còn gì) gì không|cần .{0,12}hỗ trợ gì");

  private static final double COURTESY_WEIGHT = 0.3;

  private EvidenceFinder() {}

  /** Finds the evidence in {@code transcript}; all lists are empty if nothing was said. */
  public static Evidence find(CleanTranscript transcript, TextLanguage language) {
    List<Line> lines = Line.of(transcript);
    Words words = new Words(language, lines);
    DateMentions dates = new DateMentions(language);
    Talk talk = new Talk(lines, words, language);
    Decisions decisions = new Decisions(talk);
    ActionItems tasks = new ActionItems(talk, language == TextLanguage.VIETNAMESE);
    Passages.Findings found =
        new Passages(talk).completed(new Passages.Findings(decisions.of(), tasks.of()));
    List<Statement> numbers = new NumberMentions(language, words, dates).of(lines);
    List<Statement> names = new NameMentions(words).of(lines);
    List<Integer> ranking =
        new Ranking(lines, words, weights(lines, decisions, dates, numbers)).best();
    return new Evidence(
        lines.stream().map(Line::statement).toList(),
        ranking,
        found.decisions().stream()
            .map(candidate -> talk.statement(candidate.parts(), candidate.centre()))
            .toList(),
        found.tasks().stream().map(tasks::item).toList(),
        questions(lines),
        dates.of(lines),
        numbers,
        names,
        new KeyPhrases(language, words, dates).of(lines),
        new Definitions(language).of(lines));
  }

  private static double[] weights(
      List<Line> lines, Decisions decisions, DateMentions dates, List<Statement> numbers) {
    Set<Object> withNumbers = new HashSet<>();
    numbers.forEach(number -> withNumbers.addAll(number.spans()));
    double[] weights = new double[lines.size()];
    Arrays.fill(weights, 1);
    for (int i = 0; i < weights.length; i++) {
      Line line = lines.get(i);
      String text = line.lowerText();
      weights[i] *= line.isQuestion() ? QUESTION_WEIGHT : 1;
      weights[i] *= decisions.isDecision(i) ? DECISION_WEIGHT : 1;
      weights[i] *= dates.in(line.text()).isEmpty() ? 1 : FACT_WEIGHT;
      weights[i] *=
          line.statement().spans().stream().anyMatch(withNumbers::contains) ? FACT_WEIGHT : 1;
      boolean isTopic = i < START * weights.length && TOPIC.matcher(text).find();
      weights[i] *= isTopic ? TOPIC_WEIGHT : 1;
      weights[i] *= COURTESY.matcher(text).find() ? COURTESY_WEIGHT : 1;
      weights[i] *= HEDGES.stream().anyMatch(text::contains) ? HEDGE_WEIGHT : 1;
    }
    return weights;
  }

  private static List<Statement> questions(List<Line> lines) {
    List<Statement> questions = new ArrayList<>();
    for (Line line : lines) {
      boolean isAsked =
          line.isQuestion()
              && line.words().size() >= FEWEST_WORDS
              && !NO_QUESTION.matcher(line.lowerText()).find();
      if (isAsked) {
        questions.add(line.statement());
      }
    }
    return questions;
  }
}
