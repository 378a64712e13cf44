package io.maie.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server on the loopback address that speaks the chat completions of OpenAI, and answers as a
 * test tells it, well or badly. It answers each connection once.
 */
public final class LoopbackChat implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final LoopbackHttp http;
  private final Function<Request, Reply> behaviour;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private LoopbackChat(LoopbackHttp http, Function<Request, Reply> behaviour) {
    this.http = http;
    this.behaviour = behaviour;
  }

  /** A server that answers each request with what {@code behaviour} makes of it. */
  public static LoopbackChat answering(Function<Request, Reply> behaviour) throws IOException {
    LoopbackChat chat = new LoopbackChat(LoopbackHttp.open(), behaviour);
    chat.http.serve(chat::answer);
    return chat;
  }

  /** A server that gives {@code replies} one after the other, and the last of them for ever. */
  public static LoopbackChat giving(Reply... replies) throws IOException {
    List<Reply> left = new CopyOnWriteArrayList<>(replies);
    return answering(request -> left.size() > 1 ? left.remove(0) : left.get(0));
  }

  /** The base of the API. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + http.port() + "/v1");
  }

  /** All requests so far. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The last request. */
  public Request last() {
    return requests.get(requests.size() - 1);
  }

  /**
   * A request.
   *
   * @param headers by their names in lower case
   */
  public record Request(String target, Map<String, String> headers, String body) {

    public JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        throw new AssertionError("expected JSON: " + body, e);
      }
    }

    /** The text of the message with this role. */
    public String message(String role) {
      for (JsonNode message : json().path("messages")) {
        if (message.path("role").asText().equals(role)) {
          return message.path("content").asText();
        }
      }
      throw new AssertionError("no message of " + role);
    }

    public String format() {
      return json().at("/response_format/type").asText("none");
    }
  }

  /** Parts of a reply that arrive. */
  private enum Delivery {
    WHOLE,
    HALF,
    NOTHING,
    ENDLESS
  }

  /** Reply of the server. */
  public static final class Reply {
    private final int status;
    private final byte[] body;
    private final Map<String, String> headers = new TreeMap<>();
    private Delivery delivery = Delivery.WHOLE;

    private Reply(int status, byte[] body) {
      this.status = status;
      this.body = body;
    }

    /** A body with a status. */
    public static Reply of(int status, String body) {
      return new Reply(status, body.getBytes(UTF_8));
    }

    /** A completion that ended by itself. */
    public static Reply completion(String content) {
      return completion(content, "stop");
    }

    /** A completion with the reason why it ended. */
    public static Reply completion(String content, String reason) {
      ObjectNode reply = JSON.createObjectNode();
      ObjectNode choice = reply.putArray("choices").addObject();
      choice.putObject("message").put("role", "assistant").put("content", content);
      choice.put("finish_reason", reason);
      return of(200, reply.toString());
    }

    public Reply with(String header, String value) {
      headers.put(header, value);
      return this;
    }

    /** Declares the whole length, and ends the connection in the middle. */
    public Reply half() {
      delivery = Delivery.HALF;
      return this;
    }

    /** Never answers. */
    public static Reply silence() {
      Reply reply = of(200, "");
      reply.delivery = Delivery.NOTHING;
      return reply;
    }

    /** Never ends: the body is repeated while the client reads. */
    public Reply endless() {
      delivery = Delivery.ENDLESS;
      return this;
    }
  }

  private void answer(LoopbackHttp.Request received, Socket connection)
      throws IOException, InterruptedException {
    Request request = new Request(received.target(), received.headers(), received.body());
    requests.add(request);
    send(behaviour.apply(request), connection.getOutputStream());
  }

  private void send(Reply reply, OutputStream out) throws IOException, InterruptedException {
    if (reply.delivery == Delivery.NOTHING) {
      http.awaitClose();
      return;
    }
    Map<String, String> headers = new TreeMap<>(reply.headers);
    if (reply.delivery != Delivery.ENDLESS) {
      headers.put("Content-Length", String.valueOf(reply.body.length));
    }
    out.write(LoopbackHttp.head(reply.status, headers));
    boolean isHalf = reply.delivery == Delivery.HALF;
    byte[] sent = isHalf ? Arrays.copyOf(reply.body, reply.body.length / 2) : reply.body;
    do {
      out.write(sent);
      out.flush();
    } while (reply.delivery == Delivery.ENDLESS && !http.isClosed());
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
