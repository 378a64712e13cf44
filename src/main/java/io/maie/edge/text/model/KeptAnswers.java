package io.maie.edge.text.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Sha256;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the complete answers of a language model in the checkpoint of the task that asked. A task
 * that was interrupted gets them again without asking, and goes on behind them. An answer to
 * another prompt, or of another model, is never taken for it.
 */
public final class KeptAnswers implements LanguageModel {
  private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);
  private static final String PREFIX = "answer-";

  private final LanguageModel model;

  public KeptAnswers(LanguageModel model) {
    this.model = requireNonNull(model, "model is null");
  }

  @Override
  public String engine() {
    return model.engine();
  }

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public int contextTokens() {
    return model.contextTokens();
  }

  @Override
  public int tokens(String text) {
    return model.tokens(text);
  }

  @Override
  public Answer answer(Prompt prompt, StageContext context)
      throws ModelException, TaskStoppedException {
    String name = PREFIX + fingerprint(prompt);
    Optional<Answer> kept = load(name, context.checkpoint());
    if (kept.isPresent()) {
      context.tick(1);
      return kept.get();
    }
    Answer answer = model.answer(prompt, context);
    if (answer.isComplete()) {
      save(name, answer, context.checkpoint());
    }
    return answer;
  }

  private static Optional<Answer> load(String name, Checkpoint checkpoint) {
    try {
      return checkpoint.load(name).map(text -> new Answer(new String(text, UTF_8), true));
    } catch (IOException e) {
      LOG.warn("Reading a kept answer failed; the model is asked again", e);
      return Optional.empty();
    }
  }

  private static void save(String name, Answer answer, Checkpoint checkpoint) {
    try {
      checkpoint.save(name, answer.text().getBytes(UTF_8));
    } catch (IOException e) {
      LOG.warn("Keeping an answer failed; after a restart the model is asked again", e);
    }
  }

  private String fingerprint(Prompt prompt) {
    MessageDigest digest = Sha256.newDigest();
    List<String> parts =
        List.of(
            engine(),
            name(),
            prompt.instructions(),
            prompt.material(),
            Integer.toString(prompt.answerTokens()),
            String.valueOf(prompt.schemaOrNull()));
    for (String part : parts) {
      byte[] bytes = part.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
    }
    return Sha256.hex(digest);
  }
}
