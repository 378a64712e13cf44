package io.maie.edge.text.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.request.Cleaning;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Kinds of talk that the evaluation does not hold: an argument, a call, an interview. */
final class EvidenceFinderTest {
  private static final int UTTERANCE_SECONDS = 5;

  /** The evidence of utterances, each the id of its speaker, a blank, and what was said. */
  private static Evidence english(String... utterances) {
    return evidence("en", TextLanguage.ENGLISH, utterances);
  }

  private static Evidence vietnamese(String... utterances) {
    return evidence("vi", TextLanguage.VIETNAMESE, utterances);
  }

  private static Evidence evidence(String code, TextLanguage language, String... utterances) {
    List<Segment> segments = new ArrayList<>();
    for (String utterance : utterances) {
      long start = (long) segments.size() * UTTERANCE_SECONDS * Waveform.SAMPLE_RATE;
      segments.add(
          new Segment(
              new SampleSpan(start, start + (UTTERANCE_SECONDS - 1) * Waveform.SAMPLE_RATE),
              utterance.substring(3),
              1,
              List.of(),
              null,
              new SpeakerLabel(utterance.substring(0, 2), false)));
    }
    Transcript transcript = Transcript.of(new Language(code, 1), segments);
    return EvidenceFinder.find(
        new TranscriptCleaner(Set.of(Cleaning.NUMBERS), List.of()).clean(transcript).transcript(),
        language);
  }

  private static List<String> texts(List<Statement> statements) {
    return statements.stream().map(Statement::text).toList();
  }

  @Test
  void theResultOfAVoteIsADecisionWithItsQuestion() {
    Evidence evidence =
        english(
            "S1 All those in favour of the six month trial? Five. Against? Two.",
            "S2 I think it's a mistake.",
            "S1 That's carried, then.");

    assertThat(texts(evidence.decisions()))
        .containsExactly("All those in favour of the six month trial? That's carried, then.");
  }

  @Test
  void questionsAboutWhoCallsAreNoActionItems() {
    Evidence evidence =
        english(
            "S1 Could you confirm the first line of your address and the postcode?",
            "S2 Right, when can you do that? I work from home.",
            "S2 She can walk a mile before she has to stop.");

    assertThat(evidence.actionItems()).isEmpty();
  }

  @Test
  void aWordThatOpensATurnIsNobody() {
    Evidence evidence = english("S2 Okay, could you ask your manager to call me back?");

    assertThat(evidence.actionItems())
        .singleElement()
        .satisfies(item -> assertThat(item.person()).isNull());
  }

  @Test
  void aPromiseThatIsRepeatedWithItsDayIsOneItem() {
    Evidence evidence = english("S2 I'll write the letter. I'll have it to you by Friday, Chair.");

    assertThat(evidence.actionItems())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.task().text())
                  .isEqualTo("I'll write the letter. I'll have it to you by Friday, Chair.");
              assertThat(item.person()).isEqualTo("S2");
              assertThat(item.due()).isEqualTo("Friday");
            });
  }

  @Test
  void offersAndNeedsAreActionItems() {
    Evidence evidence =
        english(
            "S1 I can send you both the lease tonight.",
            "S2 I just need fifty euros deposit from each of you. By Wednesday, please.");

    assertThat(evidence.actionItems())
        .extracting(ActionItem::due)
        .containsExactly("tonight", "Wednesday");
  }

  @Test
  void aMeetingByItsMonthIsADate() {
    Evidence evidence =
        english("S1 Gerald, would you ask the county for a count before the July meeting?");

    assertThat(evidence.actionItems().get(0).due()).isEqualTo("the July meeting");
  }

  @Test
  void thePartsOfATimeAreNoFigures() {
    assertThat(texts(english("S1 A fault was logged at 10:15 and cost 250 pounds.").numbers()))
        .containsExactly("250 pounds");
  }

  @Test
  void phrasesAreNotCutOutOfLongerOnes() {
    Evidence evidence =
        vietnamese(
            "S1 cảm ơn chị đã nhận lời phỏng vấn hôm nay", "S2 doanh thu tăng, doanh thu tốt");

    assertThat(texts(evidence.phrases()))
        .anyMatch(phrase -> phrase.startsWith("Doanh thu"))
        .noneMatch(phrase -> phrase.endsWith(" phỏng"));
  }

  @Test
  void whatAFatherSaidIsNoPromiseOfHisChild() {
    Evidence evidence = vietnamese("S2 nhưng mà ba em nói cứ cố thêm một tháng nữa đi");

    assertThat(evidence.actionItems()).isEmpty();
  }
}
