package io.maie.edge.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Errors in the form of OpenAI's calls. */
final class OpenAiErrors {
  private OpenAiErrors() {}

  static void send(Response response, Trouble trouble, Callback callback) {
    Answers.prepare(response, trouble);
    Answers.send(
        response, trouble.status(), Answers.JSON, Answers.bytes(document(trouble)), callback);
  }

  static ObjectNode document(Trouble trouble) {
    ObjectNode document = Answers.object();
    String hint = ". " + trouble.hint();
    ObjectNode error =
        document
            .putObject("error")
            .put("message", trouble.getMessage() + hint)
            .put("type", type(trouble.status()))
            .put("param", trouble.fields().isEmpty() ? null : trouble.fields().get(0).field())
            .put("code", trouble.status() == 401 ? "invalid_api_key" : trouble.code());
    if (trouble.taskId() != null) {
      error.put("task_id", trouble.taskId());
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
