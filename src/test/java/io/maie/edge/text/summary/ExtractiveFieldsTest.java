package io.maie.edge.text.summary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.CleanedText;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fields that the rules fill with what people say of them, or leave empty. */
final class ExtractiveFieldsTest {
  private static final int UTTERANCE_SECONDS = 5;

  private static JsonNode filled(String templateId, String... utterances) throws Exception {
    Transcript transcript =
        Transcript.of(
            new Language("en", 1),
            IntStream.range(0, utterances.length)
                .mapToObj(i -> segment(i, utterances[i]))
                .toList());
    CleanedText cleaned = new TranscriptCleaner(Set.of(), List.of()).clean(transcript);
    Template template =
        new TemplateFolders(List.of(Path.of("config", "templates")))
            .read().stream()
                .filter(checked -> checked.id().equals(templateId))
                .findFirst()
                .flatMap(checked -> checked.template())
                .orElseThrow();
    return new ObjectMapper()
        .valueToTree(
            new ExtractiveEngine()
                .summarize(
                    new SummaryInput(template, transcript, cleaned, Map.of()),
                    StageContext.disabled())
                .summary()
                .content());
  }

  private static Segment segment(int index, String utterance) {
    long start = (long) index * UTTERANCE_SECONDS * Waveform.SAMPLE_RATE;
    return new Segment(
            new SampleSpan(start, start + (UTTERANCE_SECONDS - 1) * Waveform.SAMPLE_RATE),
            utterance.substring(3),
            1,
            List.of())
        .withSpeaker(new SpeakerLabel(utterance.substring(0, 2), false), List.of());
  }

  @Test
  void theDayOfAMeetingIsTheOneThatIsCalledToday() throws Exception {
    String said = "S1 We've had three accidents since March, and the school has asked us twice.";

    assertThat(filled("meeting_notes_v2", said).path("ngày_họp").isNull()).isTrue();
    assertThat(
            filled("meeting_notes_v2", "S1 Good evening, today is the fifth of June.", said)
                .path("ngày_họp")
                .asText())
        .isEqualTo("the fifth of June");
  }

  @Test
  void aTitleNamesSubjectsAndNobodyWhoTalks() throws Exception {
    JsonNode summary =
        filled(
            "generic_summary_en_v2",
            "S1 Jude, the tickets of the app are late, and the phones of the bus too.",
            "S2 The tickets are fine, the app is late, Jude.",
            "S1 And the phones, Jude? The app and the tickets can't wait.");

    assertThat(summary.path("title").asText()).isEqualTo("Tickets, app, phones");
  }

  @Test
  void theReasonOfACallIsTheAnswerToTheOfferOfHelp() throws Exception {
    JsonNode report =
        filled(
            "call_report",
            "S1 Good morning, my name is Stacey, how can I help?",
            "S2 Hi. My internet has been down since Sunday and nobody rang me back.",
            "S1 I'm really sorry to hear that. Can I take your account number, please?");

    assertThat(report.path("reason").asText())
        .isEqualTo("My internet has been down since Sunday and nobody rang me back.");
  }
}
