package io.maie.edge.text.server;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sends requests to one server, and waits with a limit for each. */
final class ServerConnection {
  /** The largest answer that is read; one with thousands of tokens has a tenth of it. */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_KEY_BYTES = 4096;
  private static final long LOOK_MILLIS = 200;
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]+");

  private final ServerOptions options;
  private final Ticker ticker;
  private @Nullable HttpClient client;

  /** A connection that stands when first needed. */
  ServerConnection(ServerOptions options, Ticker ticker) {
    this.options = options;
    this.ticker = ticker;
  }

  /**
   * The reply to {@code json}, sent to {@code call}.
   *
   * @throws IOException if trying again may help; its message is a clause
   * @throws ModelException if it would not
   */
  ServerReply post(String call, String json, StageContext context)
      throws IOException, ModelException, TaskStoppedException {
    HttpRequest.Builder request = request(options.at(call));
    request.header("Content-Type", "application/json");
    return send(request.POST(HttpRequest.BodyPublishers.ofString(json)).build(), context);
  }

  /** Like {@link #post}, with nothing to send. */
  ServerReply get(String call, StageContext context)
      throws IOException, ModelException, TaskStoppedException {
    return send(request(options.at(call)).build(), context);
  }

  private HttpRequest.Builder request(URI address) throws ModelException {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    if (options.keyFile().isPresent()) {
      request.header("Authorization", "Bearer " + key(options.keyFile().get()));
    }
    return request;
  }

  private static String key(Path file) throws ModelException {
    try {
      if (Files.size(file) <= MOST_KEY_BYTES) {
        String key = Files.readString(file).strip();
        if (KEY.matcher(key).matches()) {
          return key;
        }
      }
    } catch (CharacterCodingException e) {
      throw new ModelException("expected a key in one line in '" + file + "'", e);
    } catch (IOException e) {
      throw new ModelException("the key file '" + file + "' cannot be read", e);
    }
    throw new ModelException("expected a key in one line in '" + file + "'");
  }

  private ServerReply send(HttpRequest request, StageContext context)
      throws IOException, TaskStoppedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client().sendAsync(request, head -> new BoundedBody(MOST_BYTES));
    try {
      HttpResponse<byte[]> reply = await(answer, context);
      return new ServerReply(reply.statusCode(), reply.body(), retryAfter(reply));
    } finally {
      answer.cancel(true);
    }
  }

  private HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> answer, StageContext context)
      throws IOException, TaskStoppedException {
    long start = ticker.nanos();
    long limit = options.answer().toNanos();
    while (ticker.nanos() - start < limit) {
      context.tick(0);
      try {
        return answer.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // looks again
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskStoppedException(
            TaskStoppedException.Reason.SHUTDOWN, "interrupted while a server answered");
      } catch (ExecutionException e) {
        throw new IOException(reason(e.getCause() == null ? e : e.getCause()), e);
      }
    }
    throw new IOException(
        "it gave no complete answer within %s s".formatted(options.answer().toMillis() / 1000.0));
  }

  /** The exceptions of the Java library often have no message. */
  private static String reason(Throwable failure) {
    if (failure.getCause() instanceof UnresolvedAddressException) {
      return "no address is known for its name";
    }
    if (failure instanceof HttpConnectTimeoutException) {
      return "no connection came about in time";
    }
    if (failure instanceof ConnectException) {
      return "no server listens there, or the network does not lead there";
    }
    return failure instanceof TooLargeException
        ? String.valueOf(failure.getMessage())
        : "the connection broke off";
  }

  private static OptionalLong retryAfter(HttpResponse<?> reply) {
    try {
      return reply.headers().firstValueAsLong("Retry-After");
    } catch (NumberFormatException e) {
      // a date, which is not worth a clock
      return OptionalLong.empty();
    }
  }

  private HttpClient client() {
    @Nullable HttpClient open = client;
    if (open == null) {
      open =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .proxy(HttpClient.Builder.NO_PROXY)
              .connectTimeout(options.connect())
              .build();
      client = open;
    }
    return open;
  }
}
