package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SafeMessageTest {

  @Test
  void aNameCannotForgeALine() {
    assertThat(SafeMessage.shown("claimed file=a\n<3>all is lost\r\u001b[31m.wav"))
        .isEqualTo("claimed file=a?<3>all is lost??[31m.wav");
  }

  @Test
  void aNameCannotReorderALine() {
    assertThat(SafeMessage.shown("invoice\u202egpj.wav \u2066x\u2069 \u2028y"))
        .isEqualTo("invoice?gpj.wav ?x? ?y");
  }

  @Test
  void lettersOfAnyLanguageStay() {
    assertThat(SafeMessage.shown("M\u00fcller \u4f1a\u8b70 \ud83c\udfa4.wav"))
        .isEqualTo("M\u00fcller \u4f1a\u8b70 \ud83c\udfa4.wav");
  }
}
