package io.maie.edge.text.onnx;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.ModelUse;
import io.maie.edge.onnx.OnnxModel;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.chat.ChatTemplate.Circumstances;
import io.maie.edge.text.chat.ChatTemplate.Message;
import io.maie.edge.text.chat.ChatTemplateException;
import io.maie.edge.text.constrain.TokenConstraint;
import io.maie.edge.text.constrain.TokenVocabulary;
import io.maie.edge.text.model.Answer;
import io.maie.edge.text.model.LanguageModel;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.model.TokenEstimate;
import io.maie.edge.text.token.TokenBytes;
import io.maie.edge.text.token.Tokenizer;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language model that runs on this machine. Its graph opens when the first prompt is read, and is
 * unloaded as other idle models are; tokenizer and cache go when it is closed.
 */
public final class OnnxLanguageModel implements LanguageModel, AutoCloseable {
  /** The engine as results call it. */
  public static final String ENGINE = "onnx";

  /**
   * The date that templates get. It is always the same, so that a transcript gives the same summary
   * on every day; dates in a summary come from the transcript.
   */
  private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  /** Share of an answer's progress that reading the prompt makes. */
  private static final double READING = 0.3;

  private static final ModelUse USE =
      new ModelUse(FailureCode.LLM_PROCESSING_ERROR, Integer.MAX_VALUE, true);

  private final String name;
  private final OnnxModel graph;
  private final ModelSettings settings;
  private final Tokenizer tokenizer;
  private final OnnxTextOptions options;
  private final Ticker ticker;
  private final AnswerConstraints constraints;
  private @Nullable DecoderRun run;

  private OnnxLanguageModel(
      OnnxModel graph,
      ModelSettings settings,
      Tokenizer tokenizer,
      AnswerConstraints constraints,
      Limits limits) {
    this.name = graph.name();
    this.graph = graph;
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.constraints = constraints;
    this.options = limits.options();
    this.ticker = limits.ticker();
  }

  /** Limits of answers, and what measures them. */
  public record Limits(OnnxTextOptions options, Ticker ticker) {}

  /**
   * Opens a model but for its graph.
   *
   * @param folder with the model's files
   * @param graph path of the graph inside the folder
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if its files are of no use
   */
  public static OnnxLanguageModel open(Path folder, String graph, OnnxRuntime onnx, Limits limits)
      throws ProcessingException, IOException {
    String name = String.valueOf(folder.getFileName());
    ModelSettings settings = ModelSettings.read(folder);
    Path tokens = folder.resolve("tokenizer.json");
    // before the vocabulary: its file passes through the heap whole, and is gone when that is read
    Tokenizer tokenizer = Tokenizer.open(tokens);
    try {
      return new OnnxLanguageModel(
          onnx.model(name, folder.resolve(graph), USE),
          settings,
          tokenizer,
          new AnswerConstraints(TokenVocabulary.of(TokenBytes.read(tokens))),
          limits);
    } catch (ProcessingException | IOException e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public String engine() {
    return ENGINE;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int contextTokens() {
    return Math.min(settings.contextTokens(), options.contextTokens());
  }

  @Override
  public int tokens(String text) {
    try {
      return tokenizer.count(text);
    } catch (ProcessingException e) {
      return TokenEstimate.of(text);
    }
  }

  @Override
  public Answer answer(Prompt prompt, StageContext context)
      throws ModelException, TaskStoppedException {
    try {
      Written written = written(prompt, context);
      return new Answer(tokenizer.text(written.ids()), written.hasEnded());
    } catch (ProcessingException e) {
      throw new ModelException("the model '" + name + "' failed: " + e.getMessage(), e);
    }
  }

  /** Tokens of an answer, and whether the model ended it. */
  record Written(List<Integer> ids, boolean hasEnded) {}

  Written written(Prompt asked, StageContext context)
      throws ModelException, ProcessingException, TaskStoppedException {
    long[] prompt = tokenizer.ids(text(asked));
    int most = Math.min(asked.answerTokens(), contextTokens() - prompt.length);
    if (most < 1) {
      throw new ModelException(
          "a prompt of %d tokens leaves no room for an answer in %d"
              .formatted(prompt.length, contextTokens()));
    }
    Writing writing =
        new Writing(
            run(), most, constraints.of(asked, most), ticker.nanos() + options.answer().toNanos());
    writing.read(prompt, context.part(0, READING));
    Written written = writing.write(context.part(READING, 1));
    context.tick(1);
    return written;
  }

  /** The prompt as the model was trained to read it. */
  String text(Prompt prompt) throws ModelException {
    Map<String, Object> variables = new HashMap<>(settings.marks());
    // models that can think aloud first are asked not to
    variables.put("enable_thinking", false);
    Circumstances circumstances = new Circumstances(variables, TODAY);
    Message user = new Message("user", prompt.material());
    try {
      Message system = new Message("system", prompt.instructions());
      return settings.template().prompt(List.of(system, user), circumstances);
    } catch (ChatTemplateException e) {
      return textWithoutSystem(prompt, circumstances);
    }
  }

  /** Some models know no instructions but those of the user. */
  private String textWithoutSystem(Prompt prompt, Circumstances circumstances)
      throws ModelException {
    Message only = new Message("user", prompt.instructions() + "\n\n" + prompt.material());
    try {
      return settings.template().prompt(List.of(only), circumstances);
    } catch (ChatTemplateException e) {
      throw new ModelException(
          "the chat template of the model '%s' fails, %s".formatted(name, e.getMessage()), e);
    }
  }

  private DecoderRun run() throws ProcessingException {
    DecoderRun known = run;
    if (known == null) {
      known = new DecoderRun(DecoderGraph.of(graph, settings.vocabularySize()), contextTokens());
      run = known;
    }
    return known;
  }

  /** Gives memory back, but for that of the graph, which {@link OnnxRuntime} unloads. */
  @Override
  public void close() {
    run = null;
    try {
      tokenizer.close();
    } catch (ProcessingException e) {
      throw new IllegalStateException("a tokenizer was open although its library is not there", e);
    }
  }

  /** One answer in the making. */
  private final class Writing {
    private final DecoderRun decoder;
    private final int most;
    private final Optional<TokenConstraint> constraint;
    private final BitSet allowed = new BitSet();
    private final long deadline;
    private final TokenChooser chooser = new TokenChooser(settings.sampling());

    Writing(DecoderRun decoder, int most, Optional<TokenConstraint> constraint, long deadline) {
      this.decoder = decoder;
      this.most = most;
      this.constraint = constraint;
      this.deadline = deadline;
    }

    void read(long[] prompt, StageContext context)
        throws ModelException, ProcessingException, TaskStoppedException {
      decoder.clear();
      for (int from = 0; from < prompt.length; from += DecoderRun.PIECE) {
        tick((double) from / prompt.length, context);
        int to = Math.min(prompt.length, from + DecoderRun.PIECE);
        decoder.read(Arrays.copyOfRange(prompt, from, to));
      }
      Arrays.stream(prompt).forEach(chooser::note);
    }

    Written write(StageContext context)
        throws ModelException, ProcessingException, TaskStoppedException {
      float[] scores = new float[decoder.vocabularySize()];
      List<Integer> written = new ArrayList<>();
      while (written.size() < most) {
        tick((double) written.size() / most, context);
        if (isComplete()) {
          return new Written(written, true);
        }
        decoder.scores(scores);
        int next = chooser.choose(scores, constraint.isEmpty() ? null : allowed);
        if (settings.ends().contains(next)) {
          return new Written(written, true);
        }
        written.add(next);
        constraint.ifPresent(schema -> schema.accept(next));
        chooser.note(next);
        decoder.read(next);
      }
      // an answer that reached its limit is whole only if it was constrained to be
      return new Written(written, constraint.map(TokenConstraint::mayEnd).orElse(false));
    }

    /**
     * Finds the tokens that may follow, and returns whether none can: what was written is then
     * valid.
     */
    private boolean isComplete() {
      if (constraint.isEmpty()) {
        return false;
      }
      TokenConstraint schema = constraint.get();
      schema.allowed(allowed);
      boolean mayEnd = schema.mayEnd();
      boolean isEnd = mayEnd && allowed.isEmpty();
      if (mayEnd) {
        settings.ends().forEach(allowed::set);
      }
      return isEnd;
    }

    private void tick(double share, StageContext context)
        throws ModelException, TaskStoppedException {
      context.tick(share);
      if (ticker.nanos() - deadline > 0) {
        throw new ModelException(
            "the model '%s' has not answered within %d s"
                .formatted(name, options.answer().toSeconds()));
      }
    }
  }
}
