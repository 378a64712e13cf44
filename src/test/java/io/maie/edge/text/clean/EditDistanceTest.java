package io.maie.edge.text.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "x, '', 1",
    "'', x, 1",
    "same, same, 0",
    "abc, xyz, 1",
    "hello, helo, 0.2",
    "kitten, sitting, 0.42857",
    "Case, case, 0.25",
    "😀a, 😁a, 0.5"
  })
  void theRateIsTheDistanceOverTheLongerLength(String before, String after, double rate) {
    assertThat(EditDistance.rateOfCharacters(before, after)).isEqualTo(rate, within(1e-5));
    assertThat(EditDistance.rateOfCharacters(after, before)).isEqualTo(rate, within(1e-5));
  }

  @Test
  void wordsAreWholeSymbols() {
    assertThat(EditDistance.rateOfWords(List.of("hello", "world"), List.of("world", "hello")))
        .isEqualTo(1);
    assertThat(EditDistance.rateOfWords(List.of("a", "b", "c", "d"), List.of("a", "c", "d")))
        .isEqualTo(0.25);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 60})
  void theDistanceIsThatOfTheTable(int symbols) {
    Random random = new Random(symbols);
    for (int round = 0; round < 60; round++) {
      int[] a = random.ints(random.nextInt(300), 0, symbols).toArray();
      int[] b = random.ints(random.nextInt(300), 0, symbols).toArray();

      assertThat(EditDistance.between(a, b)).isEqualTo(table(a, b));
    }
  }

  /** Wagner and Fischer's table, two rows of it. */
  private static int table(int[] a, int[] b) {
    int[] above = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int[] row = new int[b.length + 1];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int substitution = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(substitution, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length];
  }
}
