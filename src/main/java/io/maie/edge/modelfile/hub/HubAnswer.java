package io.maie.edge.modelfile.hub;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Answer of a server; its body is read once. */
final class HubAnswer implements AutoCloseable {
  /** A longer wait is not worth a person's time. */
  private static final int MOST_SECONDS = 3600;

  private final HttpResponse<InputStream> response;

  HubAnswer(HttpResponse<InputStream> response) {
    this.response = requireNonNull(response, "response is null");
  }

  int status() {
    return response.statusCode();
  }

  URI address() {
    return response.uri();
  }

  InputStream body() {
    return response.body();
  }

  Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The size of the body in bytes; empty if the server does not say. */
  OptionalLong announcedBytes() {
    String text = header("Content-Length").orElse("");
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /**
   * Returns if the answer is what was asked for.
   *
   * @param what it was, for messages
   */
  void requireSuccess(String what) throws IOException {
    switch (status()) {
      case 200, 206 -> {}
      case 401, 403 ->
          throw new HubException(
              HubException.Kind.REFUSED,
              "'%s' does not show %s to everybody, or has none of that name (HTTP %d)"
                  .formatted(address().getHost(), what, status()),
              "Check the name; for a private or gated model put a token into HF_TOKEN");
      case 404, 410 ->
          throw new HubException(
              HubException.Kind.NOT_FOUND,
              "'%s' has no %s (HTTP %d)".formatted(address().getHost(), what, status()),
              "Check the name; 'maie-edge models catalog' lists what is known by a short one");
      case 408, 425, 429, 500, 502, 503, 504 ->
          throw new ConnectionBrokenException(
              "'%s' answered HTTP %d".formatted(address().getHost(), status()), wish(), null);
      default ->
          throw new HubException(
              HubException.Kind.UNREACHABLE,
              "Expected %s, found HTTP %d at '%s'".formatted(what, status(), address()),
              "Check the address of the hub: the setting models.hub, or --hub");
    }
  }

  private Duration wish() {
    String seconds = header("Retry-After").orElse("");
    return seconds.matches("[0-9]{1,5}")
        ? Duration.ofSeconds(Math.min(MOST_SECONDS, Integer.parseInt(seconds)))
        : Duration.ZERO;
  }

  @Override
  public void close() throws IOException {
    body().close();
  }
}
