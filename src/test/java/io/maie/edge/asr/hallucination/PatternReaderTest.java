package io.maie.edge.asr.hallucination;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PatternReaderTest {
  private final PatternReader reader = new PatternReader();

  @Test
  void everyMistakeIsReportedWithItsPlaceAndTheRestIsRead() {
    add(
        """
        en:
          exact: [thanks for watching, "...", 5]
          regexp: [x]
          regex:
            - 'sub(scribe'
            - '(?=look)ahead'
            - '.*'
          if_doubtful:
            exact: thank you
            regexes: []
        jp:
          exact: [x]
        ko: [x]
        """);

    assertThat(reader.problems())
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "p.yaml:2:32: en.exact[1]: expected letters or digits, found the text '...'",
            "p.yaml:2:39: en.exact[2]: expected a text, found 5",
            "p.yaml:3:3: en.regexp: unknown key; did you mean 'regex'?",
            "p.yaml:5:7: en.regex[0]: expected a regular expression of RE2, found the text 'sub(scribe':"
                + " missing closing )",
            "p.yaml:6:7: en.regex[1]: expected a regular expression of RE2, found the text '(?=look)ahead':"
                + " invalid or unsupported Perl syntax",
            "p.yaml:7:7: en.regex[2]: expected an expression that does not match nothing",
            "p.yaml:9:5: en.if_doubtful.exact: expected a list of texts, found the text 'thank you'",
            "p.yaml:10:5: en.if_doubtful.regexes: unknown key; did you mean 'regex'?",
            "p.yaml:11:1: jp: expected 'common' or a language code such as 'en'",
            "p.yaml:13:1: ko: expected the keys [exact, regex, if_doubtful], found a list");
    assertThat(reader.patterns().certain(SpokenText.of("Thanks for watching"), List.of("en")))
        .contains("thanks for watching");
  }

  @Test
  void filesAddUpAndEachHasItsChecksum() {
    reader.add("b.yaml", "b.yaml", "en: {exact: [one]}".getBytes(UTF_8));
    reader.add("a.yaml", "a.yaml", "en: {exact: [two], regex: ['th.*']}".getBytes(UTF_8));

    HallucinationPatterns patterns = reader.patterns();

    assertThat(reader.problems()).isEmpty();
    for (String text : List.of("one", "two", "three")) {
      assertThat(patterns.certain(SpokenText.of(text), List.of("en"))).as(text).isPresent();
    }
    assertThat(patterns.checksums().keySet()).containsExactly("a.yaml", "b.yaml");
    assertThat(patterns.checksums().get("b.yaml"))
        .isEqualTo("sha256:cdc48704ffb2d1946d959cd2b422e3b3555894543d8ef5cd96cce3cec7ae9d74");
  }

  @Test
  void aLanguageCountsOnlyForItselfAndCommonForAll() {
    add("en: {exact: [one]}\ncommon: {exact: [all]}\nhaw: {exact: [kahi]}\njw: {}\n");

    assertThat(reader.problems()).isEmpty();
    HallucinationPatterns patterns = reader.patterns();
    assertThat(patterns.certain(SpokenText.of("one"), List.of("de"))).isEmpty();
    assertThat(patterns.certain(SpokenText.of("all"), List.of("de"))).contains("all");
    assertThat(patterns.certain(SpokenText.of("all"), List.of())).contains("all");
  }

  /** A backtracking engine needs longer than the universe is old for this one. */
  @Test
  void noExpressionIsSlow() {
    add("common: {regex: ['(a|aa)*(a|aa)*(a|aa)*b']}");

    assertThat(reader.patterns().certain(SpokenText.of("a".repeat(20_000)), List.of())).isEmpty();
    assertThat(reader.patterns().certain(SpokenText.of("a".repeat(20_000) + "b"), List.of()))
        .isPresent();
  }

  private void add(String yaml) {
    reader.add("p.yaml", "p.yaml", yaml.getBytes(UTF_8));
  }
}
