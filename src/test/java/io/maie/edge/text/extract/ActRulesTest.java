package io.maie.edge.text.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.text.TextLanguage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ActRulesTest {

  private static Line line(String text) {
    return new Line(new Statement(text, List.of(new SampleSpan(0, 1)), null), Line.words(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ENGLISH | So the twenty-fourth it is. | DECIDED
          ENGLISH | Seven, then. | DECIDED
          ENGLISH | Let's not paint the fence this year. | DECIDED
          ENGLISH | I changed my mind about the stairs. | DECIDED
          ENGLISH | Starting Monday the gate stays shut. | SETTLED
          ENGLISH | What if we asked the neighbours? | PROPOSAL
          ENGLISH | Works for me. | ASSENT
          ENGLISH | No, I don't like that. | DISSENT
          ENGLISH | I'll bring the ladder. | PROMISE
          ENGLISH | Would you mind closing the window? | REQUEST
          ENGLISH | Somebody has to feed the cat. | DUTY
          ENGLISH | Take the long way. | ORDER
          VIETNAMESE | Sáu thì sáu. | DECIDED
          VIETNAMESE | Vậy mình chọn cái màu xanh. | DECIDED
          VIETNAMESE | Hay là mình hỏi hàng xóm? | PROPOSAL
          VIETNAMESE | Vâng, được ạ. | ASSENT
          VIETNAMESE | Để em mang cái thang. | PROMISE
          VIETNAMESE | Chị Hoa gửi giúp em bảng giá nhé. | REQUEST
          """)
  void aSentenceIsKnownByItsShape(TextLanguage language, String text, Act act) {
    assertThat(ActRules.of(language).acts(line(text))).contains(act);
  }

  @Test
  void aFactIsNone() {
    assertThat(ActRules.of(TextLanguage.ENGLISH).acts(line("The mill burned down in June.")))
        .doesNotContain(Act.DECIDED, Act.SETTLED, Act.PROMISE, Act.REQUEST, Act.DUTY, Act.ORDER);
  }

  @Test
  void aLanguageWithoutRulesHasNoActs() {
    assertThat(ActRules.of(TextLanguage.OTHER).acts(line("Ja, das machen wir so."))).isEmpty();
  }
}
