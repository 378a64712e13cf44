package io.maie.edge.asr.hallucination;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.maie.edge.asr.hallucination.HallucinationPatterns.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every pattern that ships catches something, and none catches what people say. */
final class ShippedPatternsTest {
  private static final List<String> LANGUAGES = List.of("en", "vi", "zh", "ja", "ko");

  private final HallucinationPatterns patterns = ShippedPatterns.read();

  @Test
  void everyLanguageHasSomethingOfBothKinds() {
    assertThat(patterns.sections().keySet())
        .containsExactlyInAnyOrder("common", "en", "vi", "zh", "ja", "ko");
    assertThat(patterns.sections().values())
        .allSatisfy(section -> assertThat(section.certain()).isNotEqualTo(PhraseList.EMPTY))
        .allSatisfy(section -> assertThat(section.doubtful()).isNotEqualTo(PhraseList.EMPTY));
  }

  @Test
  void everyExampleIsFoundInItsLanguageAndKind() {
    for (List<String> row : ShippedPatterns.table("examples.txt")) {
      SpokenText text = SpokenText.of(row.get(2));
      boolean isCertain = row.get(1).equals("certain");

      assertThat(patterns.certain(text, List.of(row.get(0))).isPresent())
          .as("%s", row)
          .isEqualTo(isCertain);
      assertThat(patterns.doubtful(text, List.of(row.get(0))).isPresent())
          .as("%s", row)
          .isEqualTo(!isCertain);
    }
  }

  @Test
  void everyExpressionMatchesAnExample() {
    List<SpokenText> examples =
        ShippedPatterns.table("examples.txt").stream()
            .map(row -> SpokenText.of(row.get(2)))
            .toList();
    assertThat(expressions())
        .hasSizeGreaterThan(10)
        .allSatisfy(
            expression ->
                assertThat(examples)
                    .as(expression.pattern())
                    .anyMatch(example -> expression.matches(example.written())));
  }

  /** Written as people and models write it: in capitals, with and without punctuation. */
  @Test
  void everyExactPhraseIsFoundHoweverItIsWritten() {
    patterns
        .sections()
        .forEach(
            (language, section) -> {
              for (String phrase : section.certain().exact().values()) {
                assertThat(certain(phrase.toUpperCase(Locale.ROOT) + "!", language))
                    .contains(phrase);
                assertThat(certain("\u201C " + phrase + "\u2026\u201D", language)).contains(phrase);
              }
              for (String phrase : section.doubtful().exact().values()) {
                assertThat(patterns.doubtful(SpokenText.of(phrase + " ."), List.of(language)))
                    .contains(phrase);
              }
            });
  }

  /** A phrase in both kinds would always be removed, and one twice is a slip. */
  @Test
  void noPhraseIsListedTwice() {
    patterns
        .sections()
        .forEach(
            (language, section) -> {
              Set<String> both = new HashSet<>(section.certain().exact().keySet());
              both.retainAll(section.doubtful().exact().keySet());
              assertThat(both).as(language).isEmpty();
            });
  }

  @Test
  void noPatternMatchesOrdinarySpeech() {
    Set<String> seen = new HashSet<>();
    for (List<String> row : ShippedPatterns.table("speech.txt")) {
      SpokenText text = SpokenText.of(row.get(1));
      seen.add(row.get(0));

      assertThat(patterns.certain(text, LANGUAGES)).as("%s", row).isEmpty();
      assertThat(patterns.doubtful(text, LANGUAGES)).as("%s", row).isEmpty();
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(LANGUAGES);
  }

  private Optional<String> certain(String text, String language) {
    return patterns.certain(SpokenText.of(text), List.of(language));
  }

  private List<Pattern> expressions() {
    List<Pattern> all = new ArrayList<>();
    for (Map.Entry<String, Section> section : patterns.sections().entrySet()) {
      all.addAll(section.getValue().certain().expressions());
      all.addAll(section.getValue().doubtful().expressions());
    }
    return all;
  }
}
