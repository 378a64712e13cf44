package io.maie.edge.text.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.request.Cleaning;
import io.maie.edge.result.CleanedText;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Sentence;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TranscriptCleanerTest {
  private static final int RATE = Waveform.SAMPLE_RATE;

  @Test
  void silenceStaysEmpty() {
    CleanedText cleaned = clean(Transcript.of(List.of()));

    assertThat(cleaned.transcript().paragraphs()).isEmpty();
    assertThat(cleaned.figures().editRate()).isZero();
  }

  @Test
  void wellWrittenTextStaysUnchanged() {
    String text = "Hello, Mr. Smith. I met J. R. Hale at 3 p.m. yesterday! Did you? \"Yes.\" Good.";
    CleanedText cleaned = clean(english(segment(0, 9, text)));

    assertThat(cleaned.transcript().text()).isEqualTo(text);
    assertThat(sentences(cleaned))
        .containsExactly(
            "Hello, Mr. Smith.",
            "I met J. R. Hale at 3 p.m. yesterday!",
            "Did you?",
            "\"Yes.\"",
            "Good.");
    assertThat(cleaned.figures().editRate()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          the doctor said she may miss out on it     | The doctor said she may miss out on it.
          he asked doctor hale and professor lind    | He asked Doctor Hale and Professor Lind.
          they live in a quiet street near elm road  | They live in a quiet street near Elm Road.
          my name is stacey how can i help           | My name is Stacey how can I help?
          it is not fixed so why was it closed       | It is not fixed so why was it closed?
          right when can you do that                 | Right, when can you do that?
          that is the what do you call it thing      | That is the what do you call it thing.
          """)
  void wordsThatLookLikeNamesAndQuestionsInside(String heard, String written) {
    assertThat(clean(english(segment(0, 6, heard))).transcript().text()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          em tên là nguyễn thị lan          | Em tên là Nguyễn Thị Lan.
          quán ở trên đường trần phú đó     | Quán ở trên đường Trần Phú đó.
          chúc chị thành công               | Chúc chị thành công.
          chào anh thành                    | Chào anh Thành.
          chị cần tuyển bao nhiêu người     | Chị cần tuyển bao nhiêu người?
          """)
  void vietnameseNamesAndTheWordsTheyResemble(String heard, String written) {
    assertThat(clean(vietnamese(segment(0, 6, heard))).transcript().text()).isEqualTo(written);
  }

  @Test
  void aShortWordWithAFullStopIsNoAbbreviation() {
    assertThat(sentences(clean(english(segment(0, 6, "Eleven? No. No way. See No. 7 there.")))))
        .containsExactly("Eleven?", "No.", "No way.", "See No. 7 there.");
    assertThat(sentences(clean(vietnamese(segment(0, 6, "Dạ, ổ cứng bị đầy ạ. Em xin mua.")))))
        .containsExactly("Dạ, ổ cứng bị đầy ạ.", "Em xin mua.");
  }

  @Test
  void aLongSentenceIsNotCutWithinAnExpression() {
    String said =
        "mỗi ngày quán bán được một trăm hai mươi ly cuối tuần thì hai trăm ly giá một ly là hai"
            + " mươi lăm nghìn doanh thu tăng gấp đôi so với năm ngoái";

    assertThat(sentences(clean(vietnamese(segment(0, 12, said))))).hasSize(1);
  }

  @Test
  void aParticleThatTheNextWordRepeatsIsNoSlip() {
    String said = "Who do I talk to to get one? I want to to go.";

    assertThat(clean(english(segment(0, 6, said)), Cleaning.FILLERS).transcript().text())
        .isEqualTo("Who do I talk to to get one? I want to go.");
  }

  @Test
  void lowerCaseWithoutMarksBecomesSentences() {
    CleanedText cleaned =
        clean(
            english(
                segment(0, 4, "okay i met daniel on harbour street last tuesday"),
                segment(4.5, 7, "he may come in may but i am not sure"),
                segment(8, 10, "can you call mister lindqvist")));

    assertThat(cleaned.transcript().text())
        .isEqualTo(
            "Okay, I met Daniel on Harbour Street last Tuesday. He may come in May, but I am not"
                + " sure. Can you call Mister Lindqvist?");
  }

  @Test
  void marksEndSentencesAlsoWhereThereAreNoCapitals() {
    CleanedText cleaned = clean(english(segment(0, 4, "the tap leaks. so call paul. thanks.")));

    assertThat(cleaned.transcript().text()).isEqualTo("The tap leaks. So call Paul. Thanks.");
  }

  @Test
  void capitalsThroughoutBecomeCapitalsWhereTheyBelong() {
    CleanedText cleaned = clean(english(segment(0, 4, "WE FLY TO NEW YORK ON MONDAY")));

    assertThat(cleaned.transcript().text()).isEqualTo("We fly to New York on Monday.");
  }

  @Test
  void vietnameseGetsMarksAndNames() {
    CleanedText cleaned =
        clean(
            vietnamese(
                segment(0, 3, "chị lan ra hà nội ngày mai"),
                segment(4, 6, "anh có đi được không ạ")));

    assertThat(cleaned.transcript().text())
        .isEqualTo("Chị Lan ra Hà Nội ngày mai. Anh có đi được không ạ?");
  }

  @Test
  void pausesBetweenWordsEndSentencesWhereNoMarksDo() {
    List<Word> words = new ArrayList<>();
    double time = 0;
    for (String word : List.of("we", "close", "the", "shop", "|", "bring", "the", "keys", "back")) {
      if (word.equals("|")) {
        time += 1;
      } else {
        words.add(new Word(span(time, time + 0.3), word, 1));
        time += 0.35;
      }
    }
    Segment segment = new Segment(span(0, 5), "we close the shop bring the keys back", 1, words);

    assertThat(sentences(clean(english(segment))))
        .containsExactly("We close the shop.", "Bring the keys back.");
  }

  @Test
  void namesOfTheRequestAreWrittenAsTheyStandThere() {
    Transcript transcript = english(segment(0, 3, "the macbook of ana lópez is here"));
    CleanedText cleaned =
        new TranscriptCleaner(Set.of(), List.of("MacBook", "Ana López")).clean(transcript);

    assertThat(cleaned.transcript().text()).isEqualTo("The MacBook of Ana López is here.");
  }

  @Test
  void paragraphsEndWhereSpeakersChangeAndInLongPauses() {
    CleanedText cleaned =
        clean(
            Transcript.of(
                new Language("en", 1),
                List.of(
                    spoken("S1", 0, 1, "Good morning."),
                    spoken("S1", 1.2, 2, "Shall we?"),
                    spoken("S2", 2.1, 3, "Yes."),
                    spoken("S2", 6, 7, "Now."))));

    assertThat(cleaned.transcript().paragraphs())
        .extracting(paragraph -> paragraph.speaker() + " " + paragraph.text())
        .containsExactly("S1 Good morning. Shall we?", "S2 Yes.", "S2 Now.");
    assertThat(cleaned.transcript().paragraphs().get(0).span()).isEqualTo(span(0, 2));
  }

  @Test
  void textWithoutBlanksIsCutAtItsOwnMarks() {
    Transcript transcript =
        Transcript.of(new Language("ja", 1), List.of(segment(0, 4, "今日は晴れです。散歩に行きましょう")));

    CleanedText cleaned = clean(transcript);

    assertThat(sentences(cleaned)).containsExactly("今日は晴れです。", "散歩に行きましょう。");
  }

  @ParameterizedTest
  @EnumSource(Cleaning.class)
  void noStepTouchesALanguageThatItDoesNotKnow(Cleaning step) {
    String text = "Am Montag um um zehn Uhr, Punkt. Comma!";
    Transcript german = Transcript.of(new Language("de", 1), List.of(segment(0, 3, text)));

    assertThat(clean(german, step).transcript().text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Um, so we, we need to, uh, go.          | So we need to go.
          I I think that that is very very good.  | I think that that is very very good.
          No, no, no. Bye bye.                    | No, no, no. Bye bye.
          We need to we need to leave um.         | We need to leave.
          It's, you know, the th- the end.        | It's, the end.
          You know him.                           | You know him.
          No. I mean, the fund is, um, empty.     | No. The fund is empty.
          """)
  void fillersAndFalseStartsAreLeftOut(String said, String written) {
    assertThat(clean(english(segment(0, 3, said)), Cleaning.FILLERS).transcript().text())
        .isEqualTo(written);
  }

  @Test
  void vietnameseFillersAreLeftOutAndReduplicationStays() {
    Transcript transcript = vietnamese(segment(0, 3, "Ừm, tôi tôi luôn luôn đi từ từ."));

    assertThat(clean(transcript, Cleaning.FILLERS).transcript().text())
        .isEqualTo("Tôi luôn luôn đi từ từ.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dear ann comma new line the order is late full stop please call back question mark | Dear ann,\\nThe order is late. Please call back?
          first point new paragraph second point | First point.\\n\\nSecond point.
          he said open quote hello close quote and left | He said “hello” and left.
          """)
  void dictatedCommandsAreCarriedOut(String said, String written) {
    assertThat(clean(english(segment(0, 3, said)), Cleaning.COMMANDS).transcript().text())
        .isEqualTo(written.replace("\\n", "\n"));
  }

  @Test
  void vietnameseCommandsAreCarriedOut() {
    Transcript transcript =
        vietnamese(segment(0, 3, "kính gửi quý khách dấu phẩy xuống dòng hàng đã về dấu chấm"));

    assertThat(clean(transcript, Cleaning.COMMANDS).transcript().text())
        .isEqualTo("Kính gửi quý khách,\nHàng đã về.");
  }

  @Test
  void figuresTellWhatChanged() {
    CleanedText cleaned =
        clean(
            english(segment(0, 3, "um we pay twenty dollars new line thanks")),
            Cleaning.FILLERS,
            Cleaning.NUMBERS,
            Cleaning.COMMANDS);

    assertThat(cleaned.transcript().text()).isEqualTo("We pay $20.\nThanks.");
    assertThat(cleaned.figures().fillers()).isEqualTo(1);
    assertThat(cleaned.figures().numbers()).isEqualTo(1);
    assertThat(cleaned.figures().commands()).isEqualTo(1);
    assertThat(cleaned.figures().editRate()).isBetween(0.4, 0.8);
  }

  private static CleanedText clean(Transcript transcript, Cleaning... steps) {
    Set<Cleaning> chosen = EnumSet.noneOf(Cleaning.class);
    chosen.addAll(List.of(steps));
    return new TranscriptCleaner(chosen, List.of()).clean(transcript);
  }

  private static List<String> sentences(CleanedText cleaned) {
    return cleaned.transcript().paragraphs().stream()
        .map(Paragraph::sentences)
        .flatMap(List::stream)
        .map(Sentence::text)
        .toList();
  }

  private static Transcript english(Segment... segments) {
    return Transcript.of(new Language("en", 1), List.of(segments));
  }

  private static Transcript vietnamese(Segment... segments) {
    return Transcript.of(new Language("vi", 1), List.of(segments));
  }

  private static Segment segment(double start, double end, String text) {
    return spoken(null, start, end, text);
  }

  private static Segment spoken(@Nullable String speaker, double start, double end, String text) {
    SpeakerLabel label = speaker == null ? null : new SpeakerLabel(speaker, false);
    return new Segment(span(start, end), text, 1, List.of()).withSpeaker(label, List.of());
  }

  private static SampleSpan span(double start, double end) {
    return new SampleSpan(Math.round(start * RATE), Math.round(end * RATE));
  }

  @Test
  void thoughtsAreSentencesWithoutMarksAndPauses() {
    String english =
        "we also need to book a room for fifteen people can you do that anna yes i'll do it today"
            + " what about the printers i don't think we should pay that";
    String vietnamese =
        "anh nam gửi báo cáo cho tôi được không dạ được em sẽ gửi trước thứ tư thôi chúng ta quyết"
            + " định là không tuyển thêm người";

    assertThat(sentences("en", english))
        .containsExactly(
            "We also need to book a room for fifteen people.",
            "Can you do that Anna?",
            "Yes, I'll do it today.",
            "What about the printers?",
            "I don't think we should pay that.");
    assertThat(sentences("vi", vietnamese))
        .containsExactly(
            "Anh Nam gửi báo cáo cho tôi được không?",
            "Dạ, được em sẽ gửi trước thứ tư.",
            "Thôi chúng ta quyết định là không tuyển thêm người.");
  }

  private static List<String> sentences(String language, String text) {
    Transcript transcript =
        Transcript.of(
            new Language(language, 1),
            List.of(new Segment(new SampleSpan(0, 0), text, 1, List.of())));
    return new TranscriptCleaner(Set.of(), List.of())
        .clean(transcript).transcript().paragraphs().stream()
            .flatMap(paragraph -> paragraph.sentences().stream())
            .map(sentence -> sentence.text())
            .toList();
  }
}
