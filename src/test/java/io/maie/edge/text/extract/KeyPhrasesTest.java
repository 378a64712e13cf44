package io.maie.edge.text.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.text.TextLanguage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class KeyPhrasesTest {
  private static List<String> phrases(TextLanguage language, String... sentences) {
    List<Line> lines =
        Arrays.stream(sentences)
            .map(
                text ->
                    new Line(
                        new Statement(text, List.of(new SampleSpan(0, 1)), null), Line.words(text)))
            .toList();
    return new KeyPhrases(language, new Words(language, lines), new DateMentions(language))
        .of(lines).stream().map(Statement::text).toList();
  }

  @Test
  void thoseWhoAreCalledByNameAreNoSubject() {
    assertThat(
            phrases(
                TextLanguage.ENGLISH,
                "Money, Anton, how is the subscription?",
                "The subscription goes up, and Mrs Tranter knows the hall.",
                "Could you ask her about the hall, Anton?",
                "Anton asks her, and then the heating, the heating."))
        .contains("subscription", "hall", "heating")
        .noneMatch(phrase -> phrase.contains("Anton") || phrase.contains("Tranter"));
  }

  @Test
  void aPlaceAtTheEndOfASentenceIsASubject() {
    assertThat(
            phrases(
                TextLanguage.ENGLISH,
                "The music comes from abroad, Latvia.",
                "In Latvia they print the music and the posters.",
                "Latvia is where the posters are."))
        .contains("Latvia");
  }

  @Test
  void aVerbBehindItsSubjectOpensNoPhrase() {
    assertThat(
            phrases(
                TextLanguage.ENGLISH,
                "You should bring sandwiches to the tower.",
                "We bring sandwiches, and nobody'll read the sign.",
                "The sandwiches and the tower are fine, and the sign too."))
        .contains("sandwiches", "tower", "sign")
        .noneMatch(phrase -> phrase.contains("bring") || phrase.contains("nobody"));
  }

  @Test
  void aWordThatOnlyOpensASentenceIsNoName() {
    assertThat(
            phrases(
                TextLanguage.ENGLISH,
                "Morning, the lift is broken.",
                "Call the lift company, I call them too, the props can wait.",
                "Call again about the lift, and the door, the sign, and the props."))
        .startsWith("lift")
        .doesNotContain("Call", "Morning");
  }

  @Test
  void aVietnameseNameBehindAnAddressIsNoSubject() {
    assertThat(
            phrases(
                TextLanguage.VIETNAMESE,
                "chị Lan xem báo giá thang máy",
                "báo giá thang máy thì chị Lan giữ",
                "Lan gửi báo giá thang máy"))
        .contains("báo giá thang máy")
        .noneMatch(phrase -> phrase.contains("Lan"));
  }
}
