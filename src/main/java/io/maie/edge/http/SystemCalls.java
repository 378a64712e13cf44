package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.telemetry.Check;
import io.maie.edge.telemetry.Status;
import io.maie.edge.telemetry.StatusCodec;
import java.util.List;

/** Calls of monitors and the page: health and status of the device. */
final class SystemCalls {
  private final Guard guard;
  private final Processing processing;

  SystemCalls(Guard guard, Processing processing) {
    this.guard = guard;
    this.processing = processing;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/health", this::health).open(),
        Route.get("/ready", this::ready).open(),
        Route.get("/metrics", this::metrics).open(),
        Route.get("/v1/status", this::status));
  }

  private void health(Exchange exchange) {
    Status status = processing.status();
    var answer = Answers.object().put("status", status.isHealthy() ? "healthy" : "unhealthy");
    if (!status.isHealthy() && guard.mayKnowReasons(exchange.request())) {
      var reasons = answer.putArray("reasons");
      status.blocked().forEach(reasons::add);
      status.checks().stream()
          .filter(check -> check.level() == Check.Level.FAILURE)
          .forEach(check -> reasons.add(check.name() + ": " + check.message()));
    }
    exchange.json(status.isHealthy() ? 200 : 503, answer);
  }

  private void ready(Exchange exchange) {
    boolean isReady = processing.status().blocked().isEmpty();
    var answer = Answers.object().put("status", isReady ? "ready" : "not ready");
    exchange.json(isReady ? 200 : 503, answer);
  }

  private void status(Exchange exchange) {
    exchange.send(new Answer(200, Answers.JSON, StatusCodec.encode(processing.status())));
  }

  private void metrics(Exchange exchange) throws ProblemException {
    if (!Guard.isLoopback(exchange.request())) {
      throw ProblemException.of(
          403,
          "FORBIDDEN",
          "Only this device may read the metrics",
          "Ask on the device itself; GET /v1/status answers elsewhere, with a key.");
    }
    byte[] text = MetricsText.of(processing.status()).getBytes(UTF_8);
    exchange.send(new Answer(200, "text/plain;version=0.0.4;charset=utf-8", text));
  }
}
