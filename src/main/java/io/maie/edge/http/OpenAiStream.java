package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.progress.PreviewText;
import io.maie.edge.task.RunningTask;
import io.maie.edge.task.StoredResult;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;

/** The text of a recording while it is recognised, as OpenAI's clients read it. */
final class OpenAiStream {
  private final Exchange exchange;
  private final ApiParts parts;
  private final TaskWait waits;
  private final OpenAiForm form;
  private int texts;

  OpenAiStream(Exchange exchange, ApiParts parts, TaskWait waits, OpenAiForm form) {
    this.exchange = exchange;
    this.parts = parts;
    this.waits = waits;
    this.form = form;
  }

  /**
   * Sends events until the task ends. A failure becomes the last one, since the answer has begun.
   */
  void send(String taskId) throws IOException {
    exchange.response().setStatus(200);
    exchange.header(HttpHeader.CONTENT_TYPE, "text/event-stream;charset=utf-8");
    try (OutputStream stream = Content.Sink.asOutputStream(exchange.response())) {
      stream.flush();
      try {
        Optional<StoredResult> ended =
            waits.await(
                exchange.request(),
                taskId,
                TaskWait.Patience.UNTIL_THE_END,
                () -> sendTexts(taskId, stream));
        StoredResult result =
            ended.orElseThrow(() -> new IllegalStateException("waiting had no limit"));
        if (!result.isSuccess()) {
          throw TaskView.failure(result);
        }
        done(OpenAiAnswer.of(result), stream);
      } catch (ProblemException e) {
        event(OpenAiErrors.document(e), stream);
      }
    }
    exchange.callback().succeeded();
  }

  private void sendTexts(String taskId, OutputStream stream) throws IOException {
    Optional<RunningTask> running =
        parts.processing().running().filter(task -> task.task().id().equals(taskId));
    if (running.isEmpty()) {
      return;
    }
    List<PreviewText> heard = running.get().previews();
    for (int end = heard.size(); texts < end; texts++) {
      String blank = texts == 0 ? "" : " ";
      event(
          Answers.object()
              .put("type", "transcript.text.delta")
              .put("delta", blank + heard.get(texts).text()),
          stream);
    }
  }

  /** Sends the last event, the only one that tells who said what. */
  private void done(OpenAiAnswer answer, OutputStream stream) throws IOException {
    if (form.namesSpeakers()) {
      for (JsonNode segment : answer.diarized().path("segments")) {
        event(segment, stream);
      }
    }
    ObjectNode node =
        Answers.object().put("type", "transcript.text.done").put("text", answer.text());
    node.set("usage", answer.usage());
    event(node, stream);
  }

  private static void event(JsonNode data, OutputStream stream) throws IOException {
    stream.write(("data: " + data + "\n\n").getBytes(UTF_8));
    stream.flush();
  }
}
