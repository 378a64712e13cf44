package io.maie.edge.text.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SpokenTextTest {
  private static final int BUDGET = 200;

  @Test
  void eachParagraphIsALineWithItsSpeaker() {
    CleanTranscript transcript =
        new CleanTranscript(
            List.of(
                new Paragraph("S1", List.of(sentence("Hello."), sentence("Are you there?"))),
                new Paragraph("S2", List.of(sentence("Yes."))),
                new Paragraph(null, List.of(sentence("Beep.")))));

    assertThat(SpokenText.of(transcript, Map.of("S1", "Zoë")))
        .isEqualTo("Zoë: Hello. Are you there?\nS2: Yes.\nBeep.\n");
  }

  @Test
  void chunksHoldEverySentenceInOrderAndFitTheBudget() {
    List<CleanTranscript> chunks = chunks(meeting(40, 5));

    List<String> seen = new ArrayList<>();
    for (CleanTranscript chunk : chunks) {
      assertThat(TokenEstimate.of(SpokenText.of(chunk, Map.of()))).isLessThanOrEqualTo(BUDGET);
      for (String text : texts(chunk)) {
        if (!seen.contains(text)) {
          seen.add(text);
        }
      }
    }
    assertThat(seen).isEqualTo(texts(meeting(40, 5)));
  }

  @Test
  void chunksRepeatTheEndOfTheOneBeforeIfItIsShort() {
    List<CleanTranscript> chunks = chunks(meeting(3, 60));

    for (int i = 1; i < chunks.size(); i++) {
      List<String> before = texts(chunks.get(i - 1));
      assertThat(texts(chunks.get(i)).get(0)).isEqualTo(before.get(before.size() - 1));
      assertThat(texts(chunks.get(i))).hasSizeGreaterThan(2);
    }
  }

  @Test
  void chunksEndWithASpeakerWhereTheyAreNearlyFull() {
    assertThat(chunks(meeting(40, 14)))
        .allSatisfy(
            chunk ->
                assertThat(chunk.paragraphs().get(chunk.paragraphs().size() - 1).sentences())
                    .hasSize(14));
  }

  @Test
  void aSentenceThatIsLongerThanAChunkIsCutBetweenWords() {
    String text = "word ".repeat(1_000).strip();
    CleanTranscript endless =
        new CleanTranscript(List.of(new Paragraph(null, List.of(sentence(text)))));

    List<CleanTranscript> chunks = chunks(endless);
    assertThat(chunks).hasSizeGreaterThan(5);
    assertThat(chunks)
        .allSatisfy(
            chunk -> assertThat(TokenEstimate.of(chunk.text())).isLessThanOrEqualTo(BUDGET));
    assertThat(String.join(" ", chunks.stream().map(CleanTranscript::text).toList()))
        .isEqualTo(text);
  }

  @Test
  void aShortTranscriptIsOneChunk() {
    assertThat(chunks(meeting(1, 3))).containsExactly(meeting(1, 3));
  }

  private static List<CleanTranscript> chunks(CleanTranscript transcript) {
    return SpokenText.chunks(transcript, TokenEstimate::of, BUDGET);
  }

  private static List<String> texts(CleanTranscript transcript) {
    return transcript.paragraphs().stream()
        .flatMap(paragraph -> paragraph.sentences().stream())
        .map(Sentence::text)
        .toList();
  }

  private static CleanTranscript meeting(int paragraphs, int sentences) {
    List<Paragraph> all = new ArrayList<>();
    for (int i = 0; i < paragraphs; i++) {
      List<Sentence> said = new ArrayList<>();
      for (int j = 0; j < sentences; j++) {
        said.add(sentence("Note " + i + "/" + j + "."));
      }
      all.add(new Paragraph("S" + (1 + i % 2), said));
    }
    return new CleanTranscript(all);
  }

  private static Sentence sentence(String text) {
    return new Sentence(new SampleSpan(0, 10), text);
  }
}
