package io.maie.edge.text.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values of the table: rouge-score 0.1.2 of Google Research, rougeL, no stemmer. */
final class RougeLTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          police kill the gunman | police killed the gunman | 0.75
          the gunman kill police | police killed the gunman | 0.5
          The roof is patched for 4,200 pounds, and the library stays open on Saturday. | On Saturday the library is open, but the roof is not patched; the patch costs 4,200 pounds. | 0.42424242424242425
          """)
  void agreesWithTheReferenceImplementation(String candidate, String reference, double expected) {
    double found = RougeL.f1(Words.of(candidate), Words.of(reference));

    assertThat(found).isEqualTo(expected, within(1e-9));
  }

  @Test
  void ignoresCaseAndPunctuation() {
    assertThat(RougeL.f1(Words.of("Xin chào, Lan!"), Words.of("xin chào lan"))).isEqualTo(1);
  }

  @Test
  void composedAndDecomposedLettersAreEqual() {
    assertThat(RougeL.f1(Words.of("o\u0323\u0302 n"), Words.of("ộ n"))).isEqualTo(1);
  }

  @Test
  void isZeroForAnEmptyText() {
    assertThat(RougeL.f1(List.of(), Words.of("a b"))).isZero();
    assertThat(RougeL.f1(Words.of("a b"), List.of())).isZero();
  }

  @Test
  void countsTheBestOfTheReferences() {
    Reference unlike = summary("nothing in common");
    Reference like = summary("the roof leaks");

    assertThat(RougeL.bestF1(List.of("The roof", "leaks."), List.of(unlike, like))).isEqualTo(1);
  }

  private static Reference summary(String text) {
    return new Reference(
        List.of(text), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
  }
}
