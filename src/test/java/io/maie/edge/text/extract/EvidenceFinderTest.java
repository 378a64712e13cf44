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
import java.util.stream.IntStream;
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
                  List.of())
              .withSpeaker(new SpeakerLabel(utterance.substring(0, 2), false), List.of()));
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
  void aTimeOfTheDayIsADueDateIfItIsALimit() {
    Evidence evidence =
        english(
            "S1 I'll get you the credentials by lunchtime.",
            "S3 I'll write the report by five p.m. today.",
            "S2 Tom, please send me the numbers before the customer call at three thirty.");

    assertThat(evidence.actionItems())
        .extracting(ActionItem::due)
        .containsExactly("lunchtime", "5 p.m. today", "the customer call at 3:30");
  }

  @Test
  void theDayInAShortReplyIsADueDate() {
    Evidence evidence =
        english("S1 Could you ask your cousin about the band, Tunde?", "S2 I see her Thursday.");

    assertThat(evidence.actionItems())
        .extracting(item -> item.person() + " " + item.due())
        .containsExactly("Tunde Thursday");
  }

  @Test
  void aYearBehindAPrepositionIsADate() {
    assertThat(
            texts(
                english(
                        "S1 They put it in, in eighteen forty-six they said, and around sixteen"
                            + " eighty the beater came.")
                    .dates()))
        .containsExactly("1846", "1680");
  }

  @Test
  void theDateOfTheSentenceBeforeIsNotThatOfTheTask() {
    Evidence evidence =
        english("S1 The gateway stays until the thirtieth of June. Tom, can you put that down?");

    assertThat(evidence.actionItems())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.person()).isEqualTo("Tom");
              assertThat(item.due()).isNull();
            });
  }

  @Test
  void whoeverOffersToDoWhatSomebodyShouldDoIsInCharge() {
    Evidence evidence =
        english(
            "S1 Could someone review my pull request for the login screen?",
            "S2 I can take a look after the rollback. Probably by tomorrow.",
            "S3 Somebody needs to tell Hannah about the new date.");

    assertThat(evidence.actionItems())
        .extracting(item -> item.person() + " " + item.due())
        .containsExactly("S2 tomorrow", "null null");
  }

  @Test
  void theOtherOfTwoPeopleIsAsked() {
    Evidence evidence =
        english("S1 Hello.", "S2 Could you send me a copy of the invoice before Friday?");

    assertThat(evidence.actionItems())
        .singleElement()
        .satisfies(item -> assertThat(item.person()).isEqualTo("S1"));
  }

  @Test
  void ordersToOneselfArePromisesToo() {
    Evidence evidence =
        english(
            "S1 Buy milk. I told her I'd send the quote by Friday.",
            "S1 I mustn't forget to order the lead.");

    assertThat(evidence.actionItems())
        .extracting(item -> item.task().text())
        .containsExactly(
            "Buy milk.",
            "I told her I'd send the quote by Friday.",
            "I mustn't forget to order the lead.");
  }

  @Test
  void theLengthOfAMeetingAndAnOwnTaskAreNoDecisions() {
    Evidence evidence =
        english(
            "S1 It's Tuesday, so let's keep this to fifteen minutes.",
            "S2 Today I'm going to write the rollback script.",
            "S1 So let's agree, the release moves to Monday.");

    assertThat(texts(evidence.decisions()))
        .containsExactly("So let's agree, the release moves to Monday.");
  }

  @Test
  void termsAreFoundWithTheirExplanation() {
    Evidence evidence =
        english(
            "S1 Resonance is what happens when each push adds to the motion of the system.",
            "S1 This is called aeroelastic flutter. The motion itself makes the force.",
            "S1 The owner is called Mrs Petrakis. That is what happens when it rains.");

    assertThat(evidence.definitions())
        .extracting(each -> each.term().text() + ": " + each.explanation().text())
        .containsExactly(
            "Resonance: Resonance is what happens when each push adds to the motion of the system.",
            "aeroelastic flutter: This is called aeroelastic flutter. The motion itself makes the"
                + " force.");
  }

  @Test
  void wordsThatAreNowhereANounAreNoPhrases() {
    Evidence evidence =
        english(
            "S1 We move the mobile release, and we move the old gateway to New York.",
            "S2 The mobile release is late, move it, move it. The budget is fine.",
            "S1 Fine, the budget, the customer and New York are fine.");

    assertThat(texts(evidence.phrases()))
        .contains("mobile release", "budget", "New York")
        .doesNotContain("move", "fine", "York");
  }

  @Test
  void aVietnameseRequestIsForTheOther() {
    Evidence evidence =
        vietnamese(
            "S1 Anh cho em xin số điện thoại để em kiểm tra ạ.",
            "S1 Em sẽ nhắn tin cho anh trước năm giờ chiều nay ạ.",
            "S2 Hóa đơn thì em xuất cho công ty của anh nhé.");

    assertThat(evidence.actionItems())
        .extracting(item -> item.person() + " " + item.due())
        .containsExactly("S1 5 giờ chiều nay", "S1 null");
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
  void aSentenceOfTheFatherIsNoPromiseOfHisChild() {
    Evidence evidence = vietnamese("S2 nhưng mà ba em nói cứ cố thêm một tháng nữa đi");

    assertThat(evidence.actionItems()).isEmpty();
  }

  @Test
  void aProposalThatSomebodyAcceptsIsADecision() {
    Evidence evidence =
        english(
            "S1 The parking lot floods every spring.",
            "S2 We could rent the gravel field behind the school for the summer.",
            "S1 Sure, that works.",
            "S2 The swimmers were here yesterday, by the way.");

    assertThat(texts(evidence.decisions()))
        .anyMatch(decision -> decision.contains("We could rent the gravel field"));
  }

  @Test
  void aProposalThatSomebodyTurnsDownIsNone() {
    Evidence evidence =
        english(
            "S1 The parking lot floods every spring.",
            "S2 We could rent the gravel field behind the school for the summer.",
            "S1 No, I don't like that field.");

    assertThat(evidence.decisions()).isEmpty();
  }

  @Test
  void aDayThatSomebodyElseOfferedAndIsNamedAgainIsADecision() {
    Evidence evidence =
        english(
            "S1 The plumber has room on Tuesday the ninth or Thursday the eleventh.",
            "S2 Thursday the eleventh.",
            "S1 Good.");

    assertThat(texts(evidence.decisions()))
        .singleElement()
        .asString()
        .contains("The plumber has room", "Thursday the 11th. Thursday the 11th.");
  }

  @Test
  void aDecisionIsToldWithTheHeadingOfItsTopic() {
    Evidence evidence =
        english(
            "S1 Good. The bicycles. Marta.",
            "S2 Nobody has asked for one since the autumn, they only gather dust in there.",
            "S1 Then let's just sell both, shall we.",
            "S2 Yes.");

    assertThat(texts(evidence.decisions()))
        .singleElement()
        .asString()
        .contains("The bicycles.", "Then let's just sell both");
  }

  @Test
  void aTaskForHerIsToldWithTheSentenceThatNamesHer() {
    Evidence evidence =
        english(
            "S1 The rent of Mrs Novak is late again.",
            "S2 That happens.",
            "S1 Not three times in a row it does not.",
            "S2 I'll phone her myself tonight.");

    assertThat(evidence.actionItems())
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.task().text())
                  .contains("Mrs Novak", "I'll phone her myself tonight.");
              assertThat(item.person()).isEqualTo("S2");
              assertThat(item.due()).isEqualTo("tonight");
            });
  }

  @Test
  void whoeverIsToldToByAnotherIsInCharge() {
    Evidence evidence =
        english("S1 I'll get Oskar to deliver the chairs by Monday.", "S2 Thank you.", "S3 Good.");

    assertThat(evidence.actionItems())
        .singleElement()
        .satisfies(item -> assertThat(item.person()).isEqualTo("Oskar"));
  }

  @Test
  void aVietnameseProposalThatAllAcceptIsADecision() {
    Evidence evidence =
        vietnamese(
            "S1 Hay là mình dời buổi tập sang sân trường tiểu học?",
            "S2 Được đấy, em đồng ý.",
            "S1 Vậy mình dời sang sân trường nhé.");

    assertThat(texts(evidence.decisions()))
        .anyMatch(decision -> decision.contains("Vậy mình dời sang sân trường nhé."));
  }

  @Test
  void talkWithoutAnythingSettledHasNoDecisions() {
    Evidence evidence =
        english(
            "S1 Clay holds water because its plates are thin and lie close together.",
            "S1 Sand lets it through, and gravel hardly wets at all.",
            "S1 You can see the layers in any ditch after heavy rain.");

    assertThat(evidence.decisions()).isEmpty();
    assertThat(evidence.actionItems()).isEmpty();
  }

  private static String[] longTalk() {
    return IntStream.range(0, 12)
        .mapToObj(
            i ->
                (i % 2 == 0 ? "S1 " : "S2 ")
                    + "Harbour crane number "
                    + (i + 2)
                    + " lifts containers beside warehouse "
                    + (char) ('A' + i)
                    + " before the ferry leaves the eastern pier again.")
        .toArray(String[]::new);
  }

  @Test
  void passagesCompleteWhatNoRuleFindsInALongTalk() {
    assertThat(evidence("en", TextLanguage.ENGLISH, longTalk()).actionItems()).isNotEmpty();
  }

  @Test
  void aTalkInALanguageWithoutRulesHasNoPassages() {
    Evidence evidence = evidence("de", TextLanguage.OTHER, longTalk());

    assertThat(evidence.decisions()).isEmpty();
    assertThat(evidence.actionItems()).isEmpty();
  }

  @Test
  void noSentenceStandsInTwoPassages() {
    assertThat(
            evidence("en", TextLanguage.ENGLISH, longTalk()).actionItems().stream()
                .flatMap(item -> item.task().spans().stream()))
        .doesNotHaveDuplicates();
  }

  @Test
  void daysWithoutTheirMonthAreDatesWhereNoUnitFollows() {
    assertThat(texts(english("S1 It moves to the seventeenth, not the fifth row.").dates()))
        .containsExactly("the 17th");
    assertThat(texts(vietnamese("S1 họ hẹn hai mươi lăm, để khoảng ba mươi em tới").dates()))
        .containsExactly("25");
  }

  @Test
  void yearsAreDates() {
    assertThat(texts(english("S1 It was built in two thousand and nine by a baker.").dates()))
        .hasSize(1);
  }
}
