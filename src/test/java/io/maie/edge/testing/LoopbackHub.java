package io.maie.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A hub of models on the loopback address that serves one repository as the real one does, and
 * misbehaves where it is told to. It answers each connection once.
 */
public final class LoopbackHub implements AutoCloseable {
  public static final String REPOSITORY = "acme/whisper-micro";
  public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  /** Files from this size on declare their SHA-256, smaller ones their git object. */
  private static final int LARGE_BYTES = 10_000;

  private static final String TREE = "/api/models/" + REPOSITORY + "/tree/" + COMMIT;
  private static final String FILES = "/" + REPOSITORY + "/resolve/" + COMMIT + "/";
  private static final JsonMapper JSON = new JsonMapper();

  private final LoopbackHttp http;
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Misbehaviour> misbehaviours = new CopyOnWriteArrayList<>();
  private final ArrayNode listing = JSON.createArrayNode();
  private int pageSize = Integer.MAX_VALUE;

  private LoopbackHub(LoopbackHttp http) {
    this.http = http;
  }

  /** An empty one. */
  public static LoopbackHub open() throws IOException {
    LoopbackHub hub = new LoopbackHub(LoopbackHttp.open());
    hub.http.serve(hub::answer);
    return hub;
  }

  /** Publishes every file below {@code folder}. */
  public void publish(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
        publish(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  /** Publishes a file, listed as it is. */
  public void publish(String path, byte[] content) {
    files.put(path, content);
    ObjectNode entry = list(path, content.length);
    if (content.length >= LARGE_BYTES) {
      entry.putObject("lfs").put("oid", hex("SHA-256", content)).put("size", content.length);
    } else {
      entry.put("oid", gitObject(content));
    }
  }

  /** Lists a file that need not be there; what is returned can be changed. */
  public ObjectNode list(String path, long bytes) {
    return listing
        .addObject()
        .put("type", "file")
        .put("path", path)
        .put("size", bytes)
        .put("oid", "0".repeat(40));
  }

  /** The listed entry of a file. */
  public ObjectNode entry(String path) {
    for (var entry : listing) {
      if (entry.path("path").asText().equals(path)) {
        return (ObjectNode) entry;
      }
    }
    throw new IllegalArgumentException("not listed: " + path);
  }

  /** Content of a file. */
  public byte[] content(String path) {
    return requireNonNull(files.get(path), "not published: " + path);
  }

  /** Lists so many files at once, and where the next ones are. */
  public void listInPagesOf(int entries) {
    pageSize = entries;
  }

  /** Changes the answer to the next request whose target contains {@code part}. */
  public void once(String part, UnaryOperator<Reply> change) {
    misbehaviours.add(new Misbehaviour(part, change, false));
  }

  /** Changes every answer to such requests. */
  public void always(String part, UnaryOperator<Reply> change) {
    misbehaviours.add(new Misbehaviour(part, change, true));
  }

  public String address() {
    return "http://127.0.0.1:" + http.port();
  }

  /** The same server by another name. */
  public String otherAddress() {
    return "http://localhost:" + http.port();
  }

  /** Requests so far whose target contains {@code part}. */
  public List<Request> requests(String part) {
    return requests.stream().filter(request -> request.target().contains(part)).toList();
  }

  private void answer(LoopbackHttp.Request received, Socket connection)
      throws IOException, InterruptedException {
    Request request = new Request(received.target(), received.headers());
    requests.add(request);
    send(misbehave(request, reply(request)), connection);
  }

  private Reply misbehave(Request request, Reply honest) {
    Optional<Misbehaviour> due =
        misbehaviours.stream().filter(each -> request.target().contains(each.part())).findFirst();
    due.filter(each -> !each.stays()).ifPresent(misbehaviours::remove);
    return due.map(each -> each.change().apply(honest)).orElse(honest);
  }

  private void send(Reply reply, Socket connection) throws IOException, InterruptedException {
    OutputStream out = connection.getOutputStream();
    if (reply.end == End.SILENCE) {
      http.awaitClose();
    }
    out.write(LoopbackHttp.head(reply.status, reply.headers));
    out.write(reply.body, 0, Math.min(reply.sent, reply.body.length));
    out.flush();
    if (reply.end == End.STALL) {
      http.awaitClose();
    }
    if (reply.end == End.RESET) {
      connection.setSoLinger(true, 0);
    }
  }

  private Reply reply(Request request) {
    String path = request.target().replaceFirst("[?].*", "");
    if (path.equals("/api/models/" + REPOSITORY + "/revision/main")) {
      return Reply.of(("{\"sha\": \"" + COMMIT + "\", \"tags\": [\"onnx\"]}").getBytes(UTF_8));
    }
    if (path.equals(TREE)) {
      return page(request.target());
    }
    byte[] content = path.startsWith(FILES) ? files.get(decoded(path)) : null;
    return content == null
        ? Reply.of("{}".getBytes(UTF_8)).withStatus(404)
        : Reply.of(content).from(request.firstByte());
  }

  private static String decoded(String path) {
    return URLDecoder.decode(path.substring(FILES.length()), UTF_8);
  }

  private Reply page(String target) {
    int first =
        target.contains("cursor=") ? Integer.parseInt(target.replaceAll(".*cursor=", "")) : 0;
    ArrayNode page = JSON.createArrayNode();
    for (int i = first; i < listing.size() && i - first < pageSize; i++) {
      page.add(listing.get(i));
    }
    Reply reply = Reply.of(page.toString().getBytes(UTF_8));
    int next = first + page.size();
    return next == listing.size()
        ? reply
        : reply.with(
            "Link", "<" + address() + TREE + "?recursive=true&cursor=" + next + ">; rel=\"next\"");
  }

  private static String gitObject(byte[] content) {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.writeBytes(("blob " + content.length + "\0").getBytes(UTF_8));
    object.writeBytes(content);
    return hex("SHA-1", object.toByteArray());
  }

  public static String hex(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }

  /** Ends of an answer. */
  public enum End {
    /** The connection is closed. */
    CLOSE,
    /** The connection is reset. */
    RESET,
    /** Nothing more comes, and the connection stays. */
    STALL,
    /** Nothing comes at all. */
    SILENCE
  }

  private record Misbehaviour(String part, UnaryOperator<Reply> change, boolean stays) {}

  /**
   * One request.
   *
   * @param headers by name in lower case
   */
  public record Request(String target, Map<String, String> headers) {

    /** The position at which the client wants to continue; 0 if it does not say. */
    public int firstByte() {
      return Integer.parseInt(headers.getOrDefault("range", "0").replaceAll("[^0-9]", ""));
    }
  }

  /** An answer. */
  public static final class Reply {
    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    /** The number of bytes of the body that really go out. */
    private final int sent;

    private final End end;

    private Reply(int status, Map<String, String> headers, byte[] body, int sent, End end) {
      this.status = status;
      this.headers = headers;
      this.body = body;
      this.sent = sent;
      this.end = end;
    }

    static Reply of(byte[] body) {
      return new Reply(200, Map.of(), body, Integer.MAX_VALUE, End.CLOSE).announcing(body.length);
    }

    /** The rest of the body, as a server answers that was asked for it. */
    Reply from(int first) {
      if (first == 0) {
        return this;
      }
      byte[] rest = Arrays.copyOfRange(body, first, body.length);
      return new Reply(206, Map.of(), rest, sent, end)
          .announcing(rest.length)
          .with("Content-Range", "bytes " + first + "-" + (body.length - 1) + "/" + body.length);
    }

    public byte[] body() {
      return body;
    }

    public Reply withStatus(int other) {
      return new Reply(other, headers, body, sent, end);
    }

    public Reply with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Reply(status, more, body, sent, end);
    }

    public Reply without(String name) {
      Map<String, String> fewer = new TreeMap<>(headers);
      fewer.remove(name);
      return new Reply(status, fewer, body, sent, end);
    }

    private Reply announcing(long bytes) {
      return with("Content-Length", String.valueOf(bytes));
    }

    public Reply withBody(byte[] other) {
      return new Reply(status, headers, other, sent, end).announcing(other.length);
    }

    /** Only the first bytes go out, then it ends. */
    public Reply cutAfter(int bytes, End how) {
      return new Reply(status, headers, body, bytes, how);
    }

    public Reply redirectedTo(String address) {
      return withStatus(302).with("Location", address).withBody(new byte[0]);
    }
  }
}
