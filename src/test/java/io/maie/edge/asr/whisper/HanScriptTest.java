package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class HanScriptTest {
  @ParameterizedTest
  @CsvSource({
    "廣州市房地產協會, 广州市房地产协会",
    "乾淨的乾隆瓷器, 干净的乾隆瓷器",
    "他瞭解了皇后的頭髮, 他了解了皇后的头发",
    "OK 我们 2 點, OK 我们 2 点"
  })
  void simplifiedTextHoldsNoTraditionalCharacter(String heard, String written) {
    assertThat(HanScript.SIMPLIFIED.written(heard)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "广州市房地产协会, 廣州市房地產協會",
    "他理发以后发现了问题, 他理髮以後發現了問題",
    "皇后和公里, 皇后和公里",
    "历史和農历, 歷史和農曆",
    "五分钟, 五分鐘",
    "为什么, 為什麼",
    "一髮千钧, 一髮千鈞"
  })
  void phrasesTellWhichTraditionalCharacterIsMeant(String heard, String written) {
    assertThat(HanScript.TRADITIONAL.written(heard)).isEqualTo(written);
  }

  @ParameterizedTest
  @EnumSource(HanScript.class)
  void textThatIsWrittenOnceStaysAsItIs(HanScript script) {
    for (char character = '\u4e00'; character < '\ua000'; character++) {
      String written = script.written(String.valueOf(character));
      assertThat(written).hasSize(1);
      assertThat(script.written(written)).isEqualTo(written);
    }
  }

  @Test
  void aPhraseIsFoundAcrossWordsThatKeepTheirTimes() {
    List<Word> words = List.of(word(0, "他理"), word(10, "发"), word(20, "发现"));
    Segment segment = new Segment(new SampleSpan(0, 30), "他理发 发现", 0.5, words);

    Segment written = HanScript.TRADITIONAL.written(segment);

    assertThat(written.text()).isEqualTo("他理髮 發現");
    assertThat(written.words()).extracting(Word::text).containsExactly("他理", "髮", "發現");
    assertThat(written.words())
        .extracting(Word::span)
        .containsExactlyElementsOf(words.stream().map(Word::span).toList());
  }

  private static Word word(long start, String text) {
    return new Word(new SampleSpan(start, start + 10), text, 0.5);
  }
}
