package io.maie.edge.text.evaluation;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.request.Cleaning;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.extract.Evidence;
import io.maie.edge.text.extract.EvidenceFinder;
import io.maie.edge.text.extract.Statement;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine {@code extractive} as the product runs it. */
final class ExtractiveSummarizer implements Summarizer {

  @Override
  public String name() {
    return "extractive";
  }

  @Override
  public Summary summarize(String language, List<Utterance> utterances, int sentences) {
    Transcript transcript = transcript(language, utterances);
    CleanTranscript clean =
        new TranscriptCleaner(Set.of(Cleaning.FILLERS), List.of()).clean(transcript).transcript();
    Evidence evidence = EvidenceFinder.find(clean, TextLanguage.ofCode(language));
    return new Summary(
        texts(
            evidence.ranking().stream()
                .limit(sentences)
                .sorted()
                .map(evidence.sentences()::get)
                .toList()),
        texts(evidence.decisions()),
        evidence.actionItems().stream()
            .map(item -> new ActionItem(item.task().text(), item.person(), item.due()))
            .toList(),
        texts(evidence.dates()));
  }

  /** The utterances as a recogniser hands them over. */
  static Transcript transcript(String language, List<Utterance> utterances) {
    return Transcript.of(
        new Language(language, 1), utterances.stream().map(ExtractiveSummarizer::segment).toList());
  }

  private static List<String> texts(List<Statement> statements) {
    return statements.stream().map(Statement::text).toList();
  }

  private static Segment segment(Utterance utterance) {
    @Nullable String speaker = utterance.speaker();
    return new Segment(
            new SampleSpan(samples(utterance.start()), samples(utterance.end())),
            utterance.text(),
            1,
            List.of())
        .withSpeaker(speaker == null ? null : new SpeakerLabel(speaker, false), List.of());
  }

  private static long samples(double seconds) {
    return Math.round(seconds * Waveform.SAMPLE_RATE);
  }
}
