package io.maie.edge.text.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.text.model.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reply of a server.
 *
 * @param retryAfterSeconds what it says about when to ask again
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ServerReply(int status, byte[] body, OptionalLong retryAfterSeconds) {
  private static final int MOST_NESTING = 64;

  static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
              .build());

  /** The answer of the model; empty if this is no chat completion. */
  Optional<Answer> answer() {
    try {
      JsonNode choice = JSON.readTree(body).path("choices").path(0);
      JsonNode content = choice.path("message").path("content");
      // "length" is the limit of tokens, "content_filter" that of an operator
      String end = choice.path("finish_reason").asText("stop");
      return content.isTextual()
          ? Optional.of(new Answer(content.textValue(), end.equals("stop")))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  boolean isOk() {
    return status == 200;
  }

  /**
   * Returns whether the request was read and not liked, as by servers without {@code
   * response_format}.
   */
  boolean refusesRequest() {
    return status == 400 || status == 422 || status == 501;
  }

  /** Returns whether the same request may succeed later. */
  boolean mayPass() {
    return status == 408 || status == 425 || status == 429 || (status >= 500 && status != 501);
  }

  Optional<Duration> retryAfter() {
    return retryAfterSeconds.isPresent()
        ? Optional.of(Duration.ofSeconds(retryAfterSeconds.getAsLong()))
        : Optional.empty();
  }

  /**
   * The reason for which there is no answer, without final stop; the words of the server may quote
   * the transcript.
   */
  String fault() {
    return switch (status) {
      case 401, 403 -> "it refuses the key (status " + status + ")";
      case 404 -> "it knows no such address or model (status 404)";
      case 413 -> "it finds the request too large (status 413)";
      default -> "it answered with status " + status;
    };
  }
}
