package io.maie.edge.http;

import static java.util.stream.Collectors.joining;

import io.maie.edge.schema.Problem;
import java.io.Serial;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * A reason for which a request cannot be answered as the client wishes; it becomes a problem
 * document.
 */
final class ProblemException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  static final String HOW_TO_SEND_A_KEY =
      "Send it as 'X-API-Key: KEY' or 'Authorization: Bearer KEY'.";

  private final int status;
  private final String code;
  private final String hint;
  private transient List<Problem> fields;
  private @Nullable String taskId;
  private transient List<HttpField> headers = List.of();

  private ProblemException(
      int status, String code, String sentence, String hint, List<Problem> fields) {
    super(sentence);
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.fields = fields;
  }

  /**
   * A problem.
   *
   * @param status of HTTP
   * @param code a stable word
   * @param hint what the client, or the operator, can do
   */
  static ProblemException of(int status, String code, String sentence, String hint) {
    return new ProblemException(status, code, sentence, hint, List.of());
  }

  /** Nothing can be processed until somebody removes the reasons. */
  static ProblemException notReady(List<String> reasons, String hint) {
    return of(503, "NOT_READY", String.join("; ", reasons), hint);
  }

  static ProblemException nothingHere() {
    return of(
        404,
        "NOT_FOUND",
        "There is nothing at this address",
        "GET /openapi.json describes every call.");
  }

  static ProblemException unknownTask(String id) {
    return of(
        404,
        "TASK_NOT_FOUND",
        "No task is known by the id '" + id + "'",
        "Results of the API are kept for http.result_keep.");
  }

  /** Parameters that are not valid, each with the name of its field. */
  static ProblemException ofFields(List<Problem> fields) {
    return ofFields(422, fields);
  }

  static ProblemException ofFields(int status, List<Problem> fields) {
    return new ProblemException(
        status,
        "INVALID_PARAMETERS",
        fields.stream()
            .map(field -> field.field() + ": " + field.sentence())
            .collect(joining("; ")),
        "Correct the named fields and send the recording again.",
        fields);
  }

  /** The same about one field. */
  ProblemException withField(String field) {
    return withField(field, String.valueOf(getMessage()));
  }

  /** The same about one field, in a sentence that does not repeat its name. */
  ProblemException withField(String field, String sentence) {
    fields = List.of(new Problem("form", field, sentence));
    return this;
  }

  ProblemException withTask(String id) {
    taskId = id;
    return this;
  }

  ProblemException withHeader(HttpHeader header, String value) {
    headers = List.of(new HttpField(header, value));
    return this;
  }

  /** Header fields of the answer. */
  List<HttpField> headers() {
    return headers;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String hint() {
    return hint;
  }

  List<Problem> fields() {
    return fields;
  }

  @Nullable String taskId() {
    return taskId;
  }
}
