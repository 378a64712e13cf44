package io.maie.edge.asr.hallucination;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.hallucination.SpokenText.Unit;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LoopsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "word",
        "no no no",
        "No! No, no... NO.",
        "v\u00E2ng v\u00E2ng v\u00E2ng",
        "bye bye bye bye bye",
        "yeah, yeah, yeah, yeah, yeah, yeah, yeah",
        "thank you thank you",
        "Thank you. Thank you. Thank you.",
        "how are you how are you",
        "I want to go. I want to eat. I want to sleep.",
        "the more you look, the more you see, the more you know",
        "\u5BF9\u5BF9\u5BF9\u5BF9\u5BF9",
        "\u54C8\u54C8\u54C8\u54C8\u54C8",
        "\u597D\u7684\u597D\u7684\u597D\u7684",
        "\u8C22\u8C22\u5927\u5BB6\u8C22\u8C22\u5927\u5BB6",
        "\u306F\u3044\u306F\u3044\u306F\u3044",
        "\u0E02\u0E2D\u0E1A\u0E04\u0E38\u0E13\u0E04\u0E23\u0E31\u0E1A\u0E02\u0E2D\u0E1A\u0E04\u0E38\u0E13\u0E04\u0E23\u0E31\u0E1A"
      })
  void ordinarySpeechCountsAsNoLoop(String text) {
    assertThat(share(text)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b a b a b a b",
        "A, b! a. B? a - b (a) b",
        "how are you how are you how are you",
        "How are you? How are you? HOW ARE YOU?!",
        "thank you thank you thank you thank you",
        "no no no no no no no no",
        "\u5BF9\u5BF9\u5BF9\u5BF9\u5BF9\u5BF9\u5BF9\u5BF9",
        "\u8C22\u8C22\u5927\u5BB6\u8C22\u8C22\u5927\u5BB6\u8C22\u8C22\u5927\u5BB6\u8C22\u8C22\u5927\u5BB6",
        "\u3054\u8996\u8074\u3042\u308A\u304C\u3068\u3046\u3001\u3054\u8996\u8074\u3042\u308A\u304C\u3068\u3046\u3001\u3054\u8996\u8074\u3042\u308A\u304C\u3068\u3046\u3002"
      })
  void repeatedWordsCountAsALoop(String text) {
    assertThat(share(text)).isEqualTo(1);
  }

  @Test
  void aLoopOfAnyLengthIsFound() {
    assertThat(share("thank you ".repeat(20))).isEqualTo(1);
    assertThat(share("c\u1EA3m \u01A1n ".repeat(20))).isEqualTo(1);
    assertThat(share("one two three four five six seven eight ".repeat(3))).isEqualTo(1);
    assertThat(share("\u0E02\u0E2D\u0E1A\u0E04\u0E38\u0E13\u0E04\u0E23\u0E31\u0E1A".repeat(20)))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "we talked about the budget and then you know you know you know you know, 0.5333",
    "well how are you how are you how are you, 0.9",
    "yes yes yes yes yes yes yes yes no no no no no no no no, 1",
  })
  void wordsOutsideTheLoopCountAgainstIt(String text, double share) {
    assertThat(share(text)).isCloseTo(share, Offset.offset(0.001));
  }

  @Test
  void decomposedAccentsAndFullWidthLettersSoundTheSame() {
    assertThat(SpokenText.of("C\u1EA2M \u01A0N").sound())
        .isEqualTo(SpokenText.of("ca\u0309m o\u031Bn!").sound());
    assertThat(SpokenText.of("\uFF2D\uFF22\uFF23").sound()).isEqualTo("mbc");
    assertThat(SpokenText.of("don\u2019t").sound()).isEqualTo(SpokenText.of("DON'T").sound());
  }

  @Test
  void wordsAreCountedInEveryScript() {
    assertThat(SpokenText.of("\u2026 \u266A \u266A !").words()).isZero();
    assertThat(SpokenText.of("don't stop, 24/7").words()).isEqualTo(4);
    assertThat(SpokenText.of("\u8C22\u8C22\u5927\u5BB6").words()).isEqualTo(2);
    assertThat(SpokenText.of("\u30B9\u30FC\u30D1\u30FC").units()).hasSize(2);
    assertThat(SpokenText.of("\uAC10\uC0AC\uD569\uB2C8\uB2E4 \uB124").words()).isEqualTo(2);
  }

  private static double share(String text) {
    List<Unit> units = SpokenText.of(text).units();
    return Loops.share(Loops.in(units), units.size());
  }
}
