package io.maie.edge.http;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Errors in the form of OpenAI's calls. */
final class OpenAiErrors {
  private OpenAiErrors() {}

  static Answer of(ProblemException problem) {
    return new Answer(problem.status(), Answers.JSON, Answers.bytes(document(problem)));
  }

  static ObjectNode document(ProblemException problem) {
    ObjectNode document = Answers.object();
    String hint = ". " + problem.hint();
    ObjectNode error =
        document
            .putObject("error")
            .put("message", problem.getMessage() + hint)
            .put("type", type(problem.status()))
            .put("param", problem.fields().isEmpty() ? null : problem.fields().get(0).field())
            .put("code", problem.status() == 401 ? "invalid_api_key" : problem.code());
    if (problem.taskId() != null) {
      error.put("task_id", problem.taskId());
    }
    return document;
  }

  private static String type(int status) {
    if (status == 429) {
      return "rate_limit_error";
    }
    return status >= 500 ? "server_error" : "invalid_request_error";
  }
}
