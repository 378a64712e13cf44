package io.maie.edge.config;

import io.maie.edge.text.onnx.OnnxTextOptions;
import io.maie.edge.text.server.ServerOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the text stage.
 *
 * @param summary the server that sums up
 * @param cleaningEngine what corrects clean transcripts
 * @param cleaning the server that may correct them
 * @param connect the longest time for opening a connection to a server
 * @param answer the longest time for an answer
 * @param attempts the number of requests in all
 * @param local the language model of this machine
 */
public record TextSettings(
    TextEngine engine,
    TextServer summary,
    CleaningEngine cleaningEngine,
    TextServer cleaning,
    Duration connect,
    Duration answer,
    int attempts,
    LocalModel local) {

  /**
   * A language model of this machine.
   *
   * @param model its folder in {@code models/}; empty = the best
   */
  public record LocalModel(Optional<String> model, OnnxTextOptions options) {}

  /**
   * A server of language models.
   *
   * @param address empty if there is none
   */
  public record TextServer(
      Optional<URI> address, String model, Optional<Path> keyFile, int contextTokens) {}

  /** The server that sums up; empty if none does. */
  public Optional<ServerOptions> summaryServer() {
    return engine == TextEngine.ONNX ? Optional.empty() : options(summary);
  }

  /** The server that corrects clean transcripts; empty if none does. */
  public Optional<ServerOptions> cleaningServer() {
    boolean isAsked =
        cleaningEngine == CleaningEngine.AUTO || cleaningEngine == CleaningEngine.SERVER;
    return isAsked ? options(cleaning) : Optional.empty();
  }

  private Optional<ServerOptions> options(TextServer server) {
    return server
        .address()
        .filter(address -> engine != TextEngine.EXTRACTIVE)
        .map(
            address ->
                new ServerOptions(
                    address,
                    server.model(),
                    server.keyFile(),
                    server.contextTokens(),
                    connect,
                    answer,
                    attempts));
  }
}
