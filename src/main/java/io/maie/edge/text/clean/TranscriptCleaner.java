package io.maie.edge.text.clean;

import io.maie.edge.request.Cleaning;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.Enhancement;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Sentence;
import io.maie.edge.transcript.Transcript;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Makes a transcript readable by rules. The text itself decides which rules apply: marks and
 * capitals are set where they are missing, whichever recogniser wrote it.
 */
public final class TranscriptCleaner {
  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private final Set<Cleaning> steps;
  private final Collection<String> vocabulary;

  /**
   * A cleaner for one recording.
   *
   * @param steps the changes besides sentences, marks and capitals
   * @param vocabulary names and terms as they are written
   */
  public TranscriptCleaner(Set<Cleaning> steps, Collection<String> vocabulary) {
    this.steps = Set.copyOf(steps);
    this.vocabulary = List.copyOf(vocabulary);
  }

  /** Cleans {@code transcript}; silence stays empty. */
  public CleanedText clean(Transcript transcript) {
    TextLanguage language = TextLanguage.of(transcript);
    List<Token> tokens = Tokens.of(transcript);
    TextStyle style = TextStyle.of(tokens);
    tokens = tokens.stream().map(style::lowered).toList();
    SpokenCommands commands = new SpokenCommands(language);
    if (steps.contains(Cleaning.COMMANDS)) {
      tokens = commands.carryOut(tokens);
    }
    Fillers fillers = new Fillers(language);
    if (steps.contains(Cleaning.FILLERS)) {
      tokens = fillers.leaveOut(tokens);
    }
    NumberWriter numbers = new NumberWriter(language);
    if (steps.contains(Cleaning.NUMBERS)) {
      tokens = numbers.write(tokens);
    }
    CleanTranscript clean = written(tokens, language, style);
    String before = transcript.text();
    String after = clean.text();
    Enhancement figures =
        new Enhancement(
            EditDistance.rateOfCharacters(before, after),
            EditDistance.rateOfWords(words(before), words(after)),
            sentences(clean).size(),
            clean.paragraphs().size(),
            fillers.leftOut(),
            numbers.written(),
            commands.carriedOut(),
            0,
            null);
    return new CleanedText(clean, figures);
  }

  /**
   * A clean transcript that a language model went over, sentence by sentence.
   *
   * @param byRules the result of the rules for {@code transcript}
   * @param corrected with as many sentences
   */
  public static CleanedText corrected(
      Transcript transcript, CleanedText byRules, CleanTranscript corrected, String model) {
    String before = transcript.text();
    String after = corrected.text();
    List<Sentence> old = sentences(byRules.transcript());
    List<Sentence> made = sentences(corrected);
    int changed =
        (int) IntStream.range(0, old.size()).filter(i -> !old.get(i).equals(made.get(i))).count();
    Enhancement figures = byRules.figures();
    return new CleanedText(
        corrected,
        new Enhancement(
            EditDistance.rateOfCharacters(before, after),
            EditDistance.rateOfWords(words(before), words(after)),
            figures.sentences(),
            figures.paragraphs(),
            figures.fillers(),
            figures.numbers(),
            figures.commands(),
            changed,
            model));
  }

  private static List<Sentence> sentences(CleanTranscript transcript) {
    return transcript.paragraphs().stream()
        .flatMap(paragraph -> paragraph.sentences().stream())
        .toList();
  }

  private CleanTranscript written(List<Token> tokens, TextLanguage language, TextStyle style) {
    Punctuation punctuation = new Punctuation(language, style);
    Casing casing = new Casing(language, style, vocabulary);
    List<List<Token>> sentences =
        new SentenceCutter(language, style)
            .cut(tokens).stream().map(punctuation::marked).map(casing::cased).toList();
    return Paragraphs.of(sentences);
  }

  private static List<String> words(String text) {
    return BLANKS.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
  }
}
