package io.maie.edge.text.summary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.Grounding;
import io.maie.edge.result.Summary;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.ground.Grounded;
import io.maie.edge.text.ground.Grounder;
import io.maie.edge.text.ground.SaidFacts;
import io.maie.edge.text.ground.ToModel;
import io.maie.edge.text.model.AnswerObject;
import io.maie.edge.text.model.KeptAnswers;
import io.maie.edge.text.model.LanguageModel;
import io.maie.edge.text.model.Material;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.model.SpokenText;
import io.maie.edge.text.model.UnusableAnswerException;
import io.maie.edge.text.template.Template;
import io.maie.edge.transcript.CleanTranscript;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums up with a language model. An answer that is not valid against the schema is refused once
 * with the reason. What an answer names that was not said is taken out, or marked where the schema
 * demands it. Answers are kept, so that an interrupted task goes on behind them.
 */
public final class ModelEngine implements SummaryEngine {
  /** Tokens that templates of chats add, and that estimates miss. */
  static final int MARGIN = 96;

  /** Fewer tokens of transcript are not worth a question. */
  static final int LEAST_ROOM = 200;

  private static final int MOST_TRIES = 2;
  private static final int MOST_ANSWER_TOKENS = 2048;
  private static final int MOST_FAULTS = 5;
  private final LanguageModel model;

  public ModelEngine(LanguageModel model) {
    this.model = new KeptAnswers(model);
  }

  /** The most tokens of an answer: a quarter of the context. */
  static int answerTokens(LanguageModel model) {
    return Math.max(1, Math.min(MOST_ANSWER_TOKENS, model.contextTokens() / 4));
  }

  @Override
  public Summarized summarize(SummaryInput input, StageContext context)
      throws IncompleteSummaryException, ModelException, TaskStoppedException {
    context.tick(0);
    Template template = input.template();
    ToModel toModel = ToModel.of(input.cleaned().transcript());
    CleanTranscript shown = toModel.shown();
    if (shown.paragraphs().isEmpty()) {
      throw new IncompleteSummaryException("Nothing was said that could be summed up");
    }
    List<String> remarks = new ArrayList<>(remarksOn(toModel));
    String instructions = template.instructions();
    CleanTranscript material = shown;
    StageContext last = context;
    int room = room(instructions, template);
    if (model.tokens(SpokenText.of(shown, input.names())) > room) {
      LongTranscript whole =
          new LongTranscript(model, TextLanguage.of(input.transcript()), input.names());
      material = whole.condense(shown, room, context);
      remarks.addAll(whole.remarks());
      last = context.part(LongTranscript.DONE, 1);
    }
    Prompt prompt =
        new Prompt(
            instructions,
            Material.marked(SpokenText.of(material, input.names())),
            answerTokens(model),
            template.schema());
    Grounded grounded = grounded(content(prompt, input, last), shown, input);
    if (grounded.removed() > 0) {
      remarks.add(
          "Taken out of the answer of the language model, because nobody said it: %d statements"
              .formatted(grounded.removed()));
    }
    return new Summarized(summary(grounded, template), remarks);
  }

  private static List<String> remarksOn(ToModel toModel) {
    int withheld = toModel.withheld().size();
    return withheld == 0
        ? List.of()
        : List.of("Sentences that address a language model were not sent to it: " + withheld);
  }

  /** Tokens that are left for a transcript. */
  private int room(String instructions, Template template) throws ModelException {
    int room = model.contextTokens() - model.tokens(instructions) - answerTokens(model) - MARGIN;
    if (room < LEAST_ROOM) {
      throw new ModelException(
          "the prompt of the template '%s' leaves no room for a transcript in %d tokens"
              .formatted(template.id(), model.contextTokens()));
    }
    return room;
  }

  private ObjectNode content(Prompt prompt, SummaryInput input, StageContext context)
      throws ModelException, TaskStoppedException {
    String fault = "";
    String advice = "";
    for (int attempt = 1; attempt <= MOST_TRIES; attempt++) {
      Prompt asked = attempt == 1 ? prompt : prompt.after(advice);
      try {
        ObjectNode content = AnswerObject.of(model.answer(asked, context));
        check(content, input);
        return content;
      } catch (UnusableAnswerException e) {
        fault = String.valueOf(e.getMessage());
        advice = e.advice();
      }
    }
    throw new ModelException("the answers of the model could not be used: " + fault);
  }

  private static void check(ObjectNode content, SummaryInput input) throws UnusableAnswerException {
    Template template = input.template();
    List<String> violations = template.violations(content);
    if (!violations.isEmpty()) {
      throw new UnusableAnswerException(
          "the answer is not valid against the schema",
          String.join("; ", violations.subList(0, Math.min(MOST_FAULTS, violations.size()))));
    }
    String said = input.cleaned().transcript().text();
    if (!AnswerLanguage.isExpected(content, said, template.exampleTree())) {
      throw new UnusableAnswerException("the answer is in another language than the one asked for");
    }
  }

  private Grounded grounded(ObjectNode content, CleanTranscript shown, SummaryInput input)
      throws ModelException {
    Template template = input.template();
    TextLanguage language = TextLanguage.of(input.transcript());
    SaidFacts facts = new SaidFacts(shown, input.names().values(), language);
    Grounder grounder = new Grounder(facts, template.schemaTree());
    Grounded kept = grounder.ground(content);
    if (!template.violations(kept.content()).isEmpty()) {
      kept = grounder.marked(content);
    }
    if (kept.share() == 0 && AnswerLanguage.isThatOf(content, shown.text())) {
      throw new ModelException("nothing in the answer of the model was said in the recording");
    }
    return kept;
  }

  private Summary summary(Grounded kept, Template template) {
    return new Summary(
        model.engine(),
        template.id(),
        template.hash(),
        ExtractiveEngine.values(kept.content()),
        kept.sources(),
        new Grounding(model.name(), kept.share()));
  }
}
