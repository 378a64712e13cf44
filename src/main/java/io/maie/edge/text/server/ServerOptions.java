package io.maie.edge.text.server;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that speaks the chat completions of OpenAI, and how it is asked.
 *
 * @param address the base, such as {@code http://192.168.1.10:8080/v1}; without a slash at the end
 * @param model as the server calls it
 * @param keyFile holds the key, sent as a bearer token; read for each request
 * @param contextTokens the most tokens of a prompt and its answer
 * @param connect the longest time for opening a connection
 * @param answer the longest time for an answer
 * @param attempts the number of attempts in all, 1 or more
 */
public record ServerOptions(
    URI address,
    String model,
    Optional<Path> keyFile,
    int contextTokens,
    Duration connect,
    Duration answer,
    int attempts) {

  public ServerOptions {
    requireNonNull(address, "address is null");
    requireNonNull(model, "model is null");
    requireNonNull(keyFile, "keyFile is null");
    requireNonNull(connect, "connect is null");
    requireNonNull(answer, "answer is null");
    if (contextTokens < 1 || attempts < 1) {
      throw new IllegalArgumentException("expected 1 token and 1 attempt or more");
    }
  }

  /** The address at which the server takes {@code call}, such as {@code chat/completions}. */
  URI at(String call) {
    return URI.create(address + "/" + call);
  }
}
