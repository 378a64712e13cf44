package io.maie.edge.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a browser by the Chrome DevTools Protocol: commands and their answers; events are
 * ignored. Sessions are flattened, so that one connection serves all pages.
 */
final class DevTools implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final WebSocket socket;

  DevTools(URI address) {
    this.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .connectTimeout(LIMIT)
            .buildAsync(address, new Answers())
            .join();
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param session of a page; null for the browser as a whole
   */
  JsonNode send(@Nullable String session, String method, Map<String, ?> parameters) {
    int id = lastId.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    JsonNode got =
        await(method, socket.sendText(message.toString(), true).thenCompose(s -> answer));
    if (got.has("error")) {
      throw new AssertionError(method + " failed: " + got.get("error"));
    }
    return got.path("result");
  }

  private static JsonNode await(String method, CompletableFuture<JsonNode> answer) {
    try {
      return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted during " + method, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the browser did not answer to " + method, e);
    }
  }

  @Override
  public void close() {
    socket.abort();
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      message.append(part);
      if (isLast) {
        take(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String text) {
      try {
        JsonNode node = JSON.readTree(text);
        CompletableFuture<JsonNode> answer = waiting.remove(node.path("id").asInt());
        if (answer != null) {
          answer.complete(node);
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("the browser sent no JSON", e);
      }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      waiting.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}
