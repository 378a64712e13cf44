package io.maie.edge.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes problem documents of refusals by the server itself and of unexpected failures. */
final class ProblemErrors extends ErrorHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemErrors.class);

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    try (RequestLine line = RequestLine.open(request, response)) {
      LOG.debug("Refused a request; status={} request={}", status, line.id());
      ProblemException problem = problem(status, message);
      Answers.prepare(response, problem);
      Answers.of(problem).send(response, callback);
    }
  }

  private static ProblemException problem(int status, String message) {
    String kind = HttpStatus.getMessage(status);
    String sentence = kind.equals(message) ? kind : kind + ": " + message;
    return status == HttpStatus.INTERNAL_SERVER_ERROR_500
        ? ProblemException.of(
            status,
            "PROCESSING_ERROR",
            "The request failed unexpectedly",
            "The log of the device says more, beside the id of the request.")
        : ProblemException.of(
            status, "BAD_REQUEST", sentence, "Let a client library of HTTP write the request.");
  }
}
