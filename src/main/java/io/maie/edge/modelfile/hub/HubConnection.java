package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks a hub, and follows where it sends: a few times, never to an address that anybody on the way
 * could read if the first was not one, and without the token on another server.
 */
final class HubConnection {
  private static final int MAX_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HubOptions options;
  private final HttpClient client;

  /** A connection to {@code options.address()}; it stands when first needed. */
  HubConnection(HubOptions options) {
    this.options = requireNonNull(options, "options is null");
    // one file at a time gains nothing from HTTP/2
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.connect())
            .build();
  }

  /**
   * The answer to a request for {@code address}; the caller closes it.
   *
   * @param fromByte where to begin; the server may begin at 0 nevertheless
   * @throws ConnectionBrokenException if trying again may help
   * @throws HubException if it would not
   */
  HubAnswer get(URI address, long fromByte) throws IOException, InterruptedException {
    URI at = address;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      HubAnswer answer = ask(at, fromByte);
      if (!REDIRECTS.contains(answer.status())) {
        return answer;
      }
      answer.close();
      at = target(at, answer.header("Location").orElse(""));
    }
    throw new HubException(
        HubException.Kind.UNREACHABLE,
        "Expected at most %d redirects, found more from '%s'".formatted(MAX_REDIRECTS, address),
        "Check the address of the hub: the setting models.hub, or --hub");
  }

  private HubAnswer ask(URI at, long fromByte) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .header("User-Agent", options.program())
            // otherwise sizes would not be those of the files
            .header("Accept-Encoding", "identity");
    if (fromByte > 0) {
      request.header("Range", "bytes=" + fromByte + "-");
    }
    if (options.token().isPresent() && options.address().isOriginOf(at)) {
      request.header("Authorization", "Bearer " + options.token().get());
    }
    return new HubAnswer(send(request.build()));
  }

  /** Waits for the head of the answer only: a limit that the request has may count the body too. */
  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    String host = request.uri().getHost();
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(request, head -> new StallingBody(options.stall()));
    try {
      return answer.get(options.stall().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new ConnectionBrokenException(
          "'%s' did not answer for %s s".formatted(host, options.stall().toMillis() / 1000.0), e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw translated(host, e.getCause() == null ? e : e.getCause());
    }
  }

  private static IOException translated(String host, Throwable failure) {
    if (failure instanceof SSLException) {
      return new HubException(
          HubException.Kind.UNREACHABLE,
          "Expected a trusted certificate of '%s', found: %s".formatted(host, reason(failure)),
          "Check the clock of this machine, and the packages ca-certificates and"
              + " ca-certificates-java",
          failure);
    }
    return new ConnectionBrokenException(
        "'%s' does not answer: %s".formatted(host, reason(failure)), failure);
  }

  /** The exceptions of the Java library often have no message. */
  private static String reason(Throwable failure) {
    if (failure.getCause() instanceof UnresolvedAddressException) {
      return "no address is known for this name";
    }
    if (failure.getMessage() != null && !failure.getMessage().isBlank()) {
      return failure.getMessage();
    }
    return failure instanceof ConnectException
        ? "no server listens there, or the network does not lead there"
        : failure.getClass().getSimpleName();
  }

  /** The address that {@code location} leads to, if this client may follow it. */
  static URI target(URI from, String location) throws HubException {
    try {
      URI target = from.resolve(legal(location));
      boolean isWeb = "https".equals(target.getScheme()) || "http".equals(target.getScheme());
      boolean givesUpSecrecy =
          "https".equals(from.getScheme()) && "http".equals(target.getScheme());
      if (!location.isEmpty() && isWeb && target.getHost() != null && !givesUpSecrecy) {
        return target;
      }
    } catch (IllegalArgumentException e) {
      // the sentence below says it
    }
    throw new HubException(
        HubException.Kind.UNREACHABLE,
        "Expected to be sent to another https address, found '%s' at '%s'"
            .formatted(location, from),
        "Check the address of the hub: the setting models.hub, or --hub");
  }

  /** Servers send characters that an address must not have, and mean them. */
  private static String legal(String location) {
    StringBuilder address = new StringBuilder();
    for (byte b : location.getBytes(StandardCharsets.UTF_8)) {
      boolean isLegal = b > ' ' && b < 0x7F && "\"<>\\^`{|}".indexOf(b) < 0;
      address.append(isLegal ? String.valueOf((char) b) : "%%%02X".formatted(b));
    }
    return address.toString();
  }
}
