package io.maie.edge.text.extract;

import io.maie.edge.text.TextLanguage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds terms that somebody explains: "Resonance is what happens when ..." */
final class Definitions {
  private static final String TERM = "((?:an? |the )?[\\p{L}\\p{M}' -]{3,40}?)";
  private static final String VIETNAMESE_TERM = "([\\p{L}\\p{M} ]{2,40}?)";

  private static final List<Pattern> ENGLISH =
      patterns(
          "^(?:(?:and|so|but|now|okay|well),? )?"
              + TERM
              + " (?:means|refers to|is defined as|is (?:what (?:happens|we)|when|(?:a|an|the)"
              + " (?:\\w+"
              + " )?(?:process|idea|study|amount|rate|tendency|ability|act|state|set|number|kind|sort"
              + "|way|measure|theory|method|point)))\\b",
          "\\b(?:is|are|was|were) (?:called|known as) "
              + TERM
              + "(?=[,.;:]|$| (?:and|because|which|in|by|after)\\b)",
          "\\b(?:we|people|engineers|scientists|physicists) call (?:this|it|that|these|them) "
              + TERM
              + "(?=[,.;:]|$| (?:and|because|which)\\b)",
          "\\bby " + TERM + ",? (?:i|we) mean\\b");

  private static final List<Pattern> VIETNAMESE =
      patterns(
          "^(?:(?:và|vậy|thế|còn) )?"
              + VIETNAMESE_TERM
              + " (?:có nghĩa là|nghĩa là|được định nghĩa là|là (?:một )?(?:quá trình|khái"
              + " niệm|hiện tượng|phương pháp|loại|dạng|khả năng|tỷ lệ))(?!\\p{L})",
          "(?:được )?gọi là "
              + VIETNAMESE_TERM
              + "(?=[,.;:]|$| (?:và|vì|để|trong|khi|bởi)(?!\\p{L}))");

  /** Words that point at something and are no terms. */
  private static final Set<String> POINTING =
      Set.of(
          "this", "that", "it", "there", "here", "what", "which", "he", "she", "they", "we", "you",
          "i", "one", "these", "those", "who", "đây", "đó", "này", "cái này", "nó", "ông", "bà");

  private static final int MOST_WORDS = 5;

  /** A shorter sentence names a term, and the next explains it. */
  private static final int FEW_WORDS = 8;

  private final List<Pattern> patterns;

  Definitions(TextLanguage language) {
    patterns = language.choose(ENGLISH, VIETNAMESE, List.of());
  }

  private static List<Pattern> patterns(String... expressions) {
    List<Pattern> patterns = new ArrayList<>();
    for (String expression : expressions) {
      patterns.add(Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }
    return List.copyOf(patterns);
  }

  /** Each term once, with its first explanation. */
  List<Definition> of(List<Line> lines) {
    List<Definition> definitions = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String term = line.isQuestion() ? "" : term(line.text());
      if (!term.isEmpty() && known.add(term.toLowerCase(Locale.ROOT))) {
        definitions.add(new Definition(line.statement().part(term), explanation(lines, i)));
      }
    }
    return definitions;
  }

  /** The term that a sentence explains; empty if it explains none. */
  private String term(String sentence) {
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(sentence);
      if (matcher.find()) {
        String term = matcher.group(1).replaceFirst("(?i)^(?:an?|the) ", "").strip();
        String first = term.split(" ", -1)[0].toLowerCase(Locale.ROOT);
        boolean isName = matcher.start(1) > 0 && Character.isUpperCase(term.codePointAt(0));
        boolean isTerm =
            !isName && !POINTING.contains(first) && term.split(" ", -1).length <= MOST_WORDS;
        return isTerm ? term : "";
      }
    }
    return "";
  }

  private static Statement explanation(List<Line> lines, int at) {
    Line line = lines.get(at);
    boolean goesOn =
        line.words().size() < FEW_WORDS
            && at + 1 < lines.size()
            && Objects.equals(line.speaker(), lines.get(at + 1).speaker());
    return goesOn ? line.statement().with(lines.get(at + 1).statement()) : line.statement();
  }
}
