package io.maie.edge.text.server;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.Answer;
import io.maie.edge.text.model.LanguageModel;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.model.TokenEstimate;
import io.maie.edge.time.Sleeper;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind the chat completions of OpenAI, as llama.cpp, Ollama and vLLM offer them.
 * Trouble that may pass is waited for, with pauses that double.
 */
public final class ChatServer implements LanguageModel {
  /** The engine as results call it. */
  public static final String ENGINE = "server";

  private static final String CALL = "chat/completions";
  private static final int SERVER_ERROR = 500;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final ServerOptions options;
  private final ServerConnection connection;
  private final Sleeper sleeper;

  /** The surest form that the server has not refused. */
  private AnswerForm form = AnswerForm.SCHEMA;

  /** The form of the request in hand. */
  private AnswerForm asked = AnswerForm.SCHEMA;

  public ChatServer(ServerOptions options, Ticker ticker, Sleeper sleeper) {
    this.options = requireNonNull(options, "options is null");
    this.sleeper = requireNonNull(sleeper, "sleeper is null");
    connection = new ServerConnection(options, ticker);
  }

  @Override
  public String engine() {
    return ENGINE;
  }

  @Override
  public String name() {
    return options.model();
  }

  @Override
  public int contextTokens() {
    return options.contextTokens();
  }

  @Override
  public int tokens(String text) {
    return TokenEstimate.of(text);
  }

  @Override
  public Answer answer(Prompt prompt, StageContext context)
      throws ModelException, TaskStoppedException {
    asked = prompt.schemaOrNull() == null ? AnswerForm.FREE : form;
    String fault = "";
    for (int attempt = 1; attempt <= options.attempts(); attempt++) {
      Outcome outcome = attempt(prompt, context);
      @Nullable Answer answer = outcome.answer;
      if (answer != null) {
        context.tick(1);
        return answer;
      }
      fault = outcome.fault;
      if (!outcome.mayPass) {
        break;
      }
      if (attempt < options.attempts()) {
        pause(attempt, outcome.wish, context);
      }
    }
    throw new ModelException(
        "the server at " + options.address() + " gave no usable answer: " + fault);
  }

  /**
   * The outcome of one request.
   *
   * @param fault the reason for the missing answer
   * @param mayPass whether another attempt may help
   * @param wish the time for which the server wants to be left alone
   */
  private record Outcome(
      @Nullable Answer answer, String fault, boolean mayPass, Optional<Duration> wish) {}

  private Outcome attempt(Prompt prompt, StageContext context)
      throws ModelException, TaskStoppedException {
    try {
      ServerReply reply = connection.post(CALL, body(prompt), context);
      while (reply.refusesRequest() && asked.weaker().isPresent()) {
        asked = asked.weaker().get();
        form = asked;
        reply = connection.post(CALL, body(prompt), context);
      }
      if (reply.isOk()) {
        return new Outcome(
            reply.answer().orElse(null), "it sent no chat completion", true, Optional.empty());
      }
      if (reply.status() == SERVER_ERROR) {
        // some servers answer so to a schema that they cannot make a grammar of
        asked = asked.weaker().orElse(asked);
      }
      return new Outcome(null, reply.fault(), reply.mayPass(), reply.retryAfter());
    } catch (IOException e) {
      return new Outcome(null, String.valueOf(e.getMessage()), true, Optional.empty());
    }
  }

  private void pause(int attempt, Optional<Duration> wish, StageContext context)
      throws TaskStoppedException {
    Duration own = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt - 1, 10));
    Duration longer = wish.filter(other -> other.compareTo(own) > 0).orElse(own);
    Duration left = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    while (left.compareTo(Duration.ZERO) > 0) {
      context.tick(0);
      try {
        sleeper.sleep(left.compareTo(LOOK) < 0 ? left : LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskStoppedException(
            TaskStoppedException.Reason.SHUTDOWN, "interrupted while a server rested");
      }
      left = left.minus(LOOK);
    }
  }

  private String body(Prompt prompt) {
    ObjectNode body = ServerReply.JSON.createObjectNode();
    body.put("model", options.model());
    ArrayNode messages = body.putArray("messages");
    messages.addObject().put("role", "system").put("content", prompt.instructions());
    messages.addObject().put("role", "user").put("content", prompt.material());
    body.put("max_tokens", prompt.answerTokens());
    // the same transcript gives the same summary
    body.put("temperature", 0);
    body.put("stream", false);
    @Nullable String schema = prompt.schemaOrNull();
    if (schema != null) {
      asked.responseFormat(tree(schema)).ifPresent(format -> body.set("response_format", format));
    }
    return body.toString();
  }

  private static JsonNode tree(String schema) {
    try {
      return ServerReply.JSON.readTree(schema);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a JSON Schema", e);
    }
  }
}
