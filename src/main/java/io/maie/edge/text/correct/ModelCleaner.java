package io.maie.edge.text.correct;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.CleanedText;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.ground.SaidFacts;
import io.maie.edge.text.ground.ToModel;
import io.maie.edge.text.model.AnswerObject;
import io.maie.edge.text.model.KeptAnswers;
import io.maie.edge.text.model.LanguageModel;
import io.maie.edge.text.model.Material;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.model.UnusableAnswerException;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Sentence;
import io.maie.edge.transcript.Transcript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Has a language model correct what rules made readable, some sentences at a time. Times and
 * speakers stay. A sentence that is no correction of the one before stays as rules wrote it; an
 * answer with many of them is thrown away.
 */
public final class ModelCleaner implements TranscriptCorrector {
  private static final int MOST_SENTENCES = 30;

  /** Tokens around a sentence: its number, its quotes. */
  private static final int PER_SENTENCE = 8;

  private static final int MARGIN = 96;
  private static final int LEAST_BUDGET = 100;

  /** Share of a reply's sentences that may be refused before the reply is. */
  private static final double MOST_REFUSED = 0.5;

  /** A model that fails twice in a row is not asked again. */
  private static final int MOST_FAILURES = 2;

  private final LanguageModel model;

  public ModelCleaner(LanguageModel model) {
    this.model = new KeptAnswers(model);
  }

  @Override
  public Corrected correct(
      Transcript transcript,
      CleanedText cleaned,
      Collection<String> vocabulary,
      StageContext context)
      throws TaskStoppedException {
    TextLanguage language = TextLanguage.of(transcript);
    Instructions instructions = Instructions.of(language, vocabulary);
    CleanTranscript shown = ToModel.of(cleaned.transcript()).shown();
    List<List<Sentence>> batches = batches(shown, instructions);
    SentenceCheck check = new SentenceCheck(new SaidFacts(shown, vocabulary, language), language);
    Run run = new Run(instructions, check);
    for (int i = 0; i < batches.size() && run.failures < MOST_FAILURES; i++) {
      double share = 1.0 / batches.size();
      run.correct(batches.get(i), context.part(i * share, (i + 1) * share));
    }
    int all = batches.stream().mapToInt(List::size).sum();
    CleanTranscript after = replaced(cleaned.transcript(), run.written);
    return new Corrected(
        TranscriptCleaner.corrected(transcript, cleaned, after, model.name()), run.remarks(all));
  }

  private List<List<Sentence>> batches(CleanTranscript shown, Instructions instructions) {
    int fixed = model.tokens(instructions.text(MOST_SENTENCES)) + MARGIN;
    // as much goes out as comes back, and corrections may be longer
    int budget = Math.max(LEAST_BUDGET, (int) ((model.contextTokens() - fixed) / 2.4));
    List<List<Sentence>> batches = new ArrayList<>();
    List<Sentence> batch = new ArrayList<>();
    int size = 0;
    for (Paragraph paragraph : shown.paragraphs()) {
      for (Sentence sentence : paragraph.sentences()) {
        int tokens = model.tokens(sentence.text()) + PER_SENTENCE;
        if (!batch.isEmpty() && (size + tokens > budget || batch.size() == MOST_SENTENCES)) {
          batches.add(batch);
          batch = new ArrayList<>();
          size = 0;
        }
        boolean isDictatedBreak = sentence.text().contains("\n");
        if (tokens <= budget && !isDictatedBreak) {
          batch.add(sentence);
          size += tokens;
        }
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private static CleanTranscript replaced(
      CleanTranscript transcript, IdentityHashMap<Sentence, String> written) {
    return new CleanTranscript(
        transcript.paragraphs().stream()
            .map(
                paragraph ->
                    new Paragraph(
                        paragraph.speaker(),
                        paragraph.sentences().stream()
                            .map(s -> new Sentence(s.span(), written.getOrDefault(s, s.text())))
                            .toList()))
            .toList());
  }

  /** One transcript. */
  private final class Run {
    private final Instructions instructions;
    private final SentenceCheck check;

    /** Equal sentences at different places are different sentences. */
    private final IdentityHashMap<Sentence, String> written = new IdentityHashMap<>();

    private int asked;
    private int refused;
    private int failures;
    private String fault = "";

    Run(Instructions instructions, SentenceCheck check) {
      this.instructions = instructions;
      this.check = check;
    }

    void correct(List<Sentence> batch, StageContext context) throws TaskStoppedException {
      try {
        List<String> reply = reply(batch, context);
        int wrong = 0;
        for (int i = 0; i < batch.size(); i++) {
          wrong += check.isCorrection(batch.get(i).text(), reply.get(i)) ? 0 : 1;
        }
        if (wrong > MOST_REFUSED * batch.size()) {
          throw new UnusableAnswerException("most of the answer was no correction");
        }
        for (int i = 0; i < batch.size(); i++) {
          if (check.isCorrection(batch.get(i).text(), reply.get(i))) {
            written.put(batch.get(i), reply.get(i));
          }
        }
        refused += wrong;
        asked += batch.size();
        failures = 0;
      } catch (ModelException | UnusableAnswerException e) {
        fault = String.valueOf(e.getMessage());
        failures++;
      }
    }

    private List<String> reply(List<Sentence> batch, StageContext context)
        throws ModelException, UnusableAnswerException, TaskStoppedException {
      StringBuilder lines = new StringBuilder();
      int tokens = MARGIN;
      for (int i = 0; i < batch.size(); i++) {
        String text = batch.get(i).text().replaceAll("\\s+", " ");
        lines.append(i + 1).append(": ").append(text).append('\n');
        tokens += model.tokens(text) + PER_SENTENCE;
      }
      Prompt prompt =
          new Prompt(
              instructions.text(batch.size()),
              Material.marked(lines.toString()),
              (int) (tokens * 1.3),
              Instructions.schema(batch.size()));
      JsonNode sentences = AnswerObject.of(model.answer(prompt, context)).path("sentences");
      List<String> reply = new ArrayList<>();
      sentences.forEach(sentence -> reply.add(sentence.asText("").strip()));
      if (reply.size() != batch.size()) {
        throw new UnusableAnswerException("the answer has not one sentence for each");
      }
      return reply;
    }

    List<String> remarks(int all) {
      List<String> remarks = new ArrayList<>();
      if (asked < all) {
        remarks.add(
            "Rules alone cleaned %d of %d sentences: %s".formatted(all - asked, all, fault));
      }
      if (refused > 0) {
        remarks.add(
            ("%d of %d sentences of the language model were no corrections and were discarded; they"
                    + " stay as the rules wrote them")
                .formatted(refused, all));
      }
      return remarks;
    }
  }
}
