package io.maie.edge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NormalisedTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mr. O\u2019Neil \u2018said\u2019: \"well-known\"! | mister o'neil said well known",
        "either/or \u2014 twenty_one | either or twenty one",
        "rock 'n' roll, dogs' tails | rock n roll dogs tails",
        "Dr. No and Mrs. Day | doctor no and missus day",
        "\u00c9t\u00e9, na\u00efve; stra\u00dfe | \u00e9t\u00e9 na\u00efve stra\u00dfe"
      })
  void spellingConventionsAreRemoved(String text, String expected) {
    assertThat(String.join(" ", NormalisedText.words(text, "en"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 7 12 20 21 | zero seven twelve twenty twenty one",
        "100, 305 and 1,204 | one hundred three hundred five and one thousand two hundred four",
        "$15.99 or 8% | fifteen point nine nine or eight percent",
        "in 1984, 1905 and 1900 | in nineteen eighty four nineteen oh five and nineteen hundred",
        "2026 | two thousand twenty six",
        "the 1st, 2nd, 23rd, 30th and 112th | the first second twenty third thirtieth and one"
            + " hundred twelfth",
        "007 | zero zero seven",
        "1,000,000 | one million",
        "mp3 and b2b | mp3 and b2b",
        "12345678901234567 | one two three four five six seven eight nine zero one two three four"
            + " five six seven"
      })
  void englishNumeralsAreSpelledOut(String text, String expected) {
    assertThat(String.join(" ", NormalisedText.words(text, "en"))).isEqualTo(expected);
  }

  @Test
  void numeralsOfOtherLanguagesStay() {
    assertThat(NormalisedText.words("Um 10 Uhr, Dr. May", "de"))
        .containsExactly("um", "10", "uhr", "dr", "may");
  }

  @Test
  void charactersIncludeTheBlanksBetweenWords() {
    assertThat(NormalisedText.characters(NormalisedText.words("A b\u00fc.", "en")))
        .containsExactly("a", " ", "b", "\u00fc");
  }
}
