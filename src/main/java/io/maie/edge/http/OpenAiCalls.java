package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.request.OutputFormat;
import io.maie.edge.task.StoredResult;
import io.maie.edge.task.Task;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The calls of OpenAI's API for transcription and translation, which many client libraries use. */
final class OpenAiCalls {
  /** Prefix of the addresses of these calls; errors there have OpenAI's form. */
  static final String PREFIX = "/v1/audio/";

  private final ApiParts parts;
  private final Upload upload;
  private final TaskWait waits;

  OpenAiCalls(ApiParts parts, Upload upload, TaskWait waits) {
    this.parts = parts;
    this.upload = upload;
    this.waits = waits;
  }

  List<Route> routes() {
    return List.of(
        Route.post(PREFIX + "transcriptions", exchange -> answer(exchange, false)),
        Route.post(PREFIX + "translations", exchange -> answer(exchange, true)));
  }

  private void answer(Exchange exchange, boolean translates) throws ProblemException, IOException {
    OpenAiForm form = new OpenAiForm(parts.catalogue(), translates);
    Task task = upload.receive(exchange.request(), form);
    if (form.streams()) {
      new OpenAiStream(exchange, parts, waits, form).send(task.id());
    } else {
      exchange.send(answer(ended(exchange, task.id()), form));
    }
  }

  private StoredResult ended(Exchange exchange, String taskId)
      throws ProblemException, IOException {
    Optional<StoredResult> ended =
        waits.await(exchange.request(), taskId, TaskWait.Patience.UNTIL_THE_END, () -> {});
    StoredResult result =
        ended.orElseThrow(() -> new IllegalStateException("waiting had no limit"));
    if (!result.isSuccess()) {
      throw TaskView.failure(result);
    }
    return result;
  }

  private static Answer answer(StoredResult result, OpenAiForm form)
      throws ProblemException, IOException {
    OpenAiAnswer answer = OpenAiAnswer.of(result);
    return switch (form.format()) {
      case "text" ->
          new Answer(200, "text/plain;charset=utf-8", (answer.text() + "\n").getBytes(UTF_8));
      case "srt" -> TaskCalls.document(result, OutputFormat.SRT);
      case "vtt" -> TaskCalls.document(result, OutputFormat.VTT);
      case "verbose_json" -> Answers.json(answer.verbose(form));
      case "diarized_json" -> Answers.json(answer.diarized());
      default -> Answers.json(answer.json());
    };
  }
}
