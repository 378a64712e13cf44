package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.NameSeries;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.Parameters;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Problem;
import io.maie.edge.task.ApiTasks;
import io.maie.edge.task.ApiTasks.Arriving;
import io.maie.edge.task.ApiTasks.SentRecording;
import io.maie.edge.task.Intake;
import io.maie.edge.task.Task;
import io.maie.edge.text.template.CheckedTemplate;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives a recording and its parameters in a form and makes a task of them. */
final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /** Beside the recording: texts of fields, boundaries, headers of parts. */
  private static final long FORM_BYTES = 1_000_000;

  private static final int MOST_FIELD_BYTES = 64 * 1024;
  private static final int MOST_PARTS = 200;
  private static final int MOST_PART_HEADER_BYTES = 4_096;
  private static final String FILE = "file";

  /** A text in place of a recording. */
  private static final String TEXT = "text";

  private static final String TEMPLATE = "template_id";
  private final ApiTasks tasks;
  private final Processing processing;
  private final Catalogue catalogue;
  private final Admission admission;
  private final HttpOptions options;

  Upload(ApiParts parts, Admission admission, HttpOptions options) {
    this.tasks = parts.tasks();
    this.processing = parts.processing();
    this.catalogue = parts.catalogue();
    this.admission = admission;
    this.options = options;
  }

  /** Understands the fields of a form. */
  @FunctionalInterface
  interface Form {
    /**
     * The parameters that {@code fields} mean, as a sidecar has them.
     *
     * @param fields the texts of each field, in the order in which they came
     */
    Map<String, @Nullable Object> read(Map<String, List<String>> fields) throws ProblemException;
  }

  /** Receives the body of {@code request}; the task is accepted when this returns. */
  Task receive(Request request, Form form) throws ProblemException, IOException {
    refuseWhatCannotCome(request);
    Task task =
        admission
            .admit(() -> Optional.of(begun(request, form)))
            .orElseThrow(() -> new IllegalStateException("expected a task, found none"));
    LOG.info(
        "A recording arrived through the API; task={} file='{}' bytes={}",
        task.id(),
        task.source().name(),
        task.source().signature().bytes());
    processing.accept(task);
    return task;
  }

  private Task begun(Request request, Form form) throws ProblemException, IOException {
    Arriving arriving = tasks.begin();
    Optional<Task> task = Optional.empty();
    try {
      task = Optional.of(new Receiving(arriving, form).from(request));
      return task.get();
    } finally {
      if (task.isEmpty()) {
        tasks.abandon(arriving);
      }
    }
  }

  /** Before the body is read. */
  private void refuseWhatCannotCome(Request request) throws ProblemException, IOException {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
      throw ProblemException.of(
          415,
          "UNSUPPORTED_TYPE",
          "Expected a form of the type multipart/form-data, found "
              + (type == null ? "none" : type),
          "Send the recording in its field 'file', as 'curl -F file=@talk.wav' does.");
    }
    String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw ProblemException.of(
              415,
              "UNSUPPORTED_ENCODING",
              "Expected a form without Content-Encoding, found " + encoding,
              "Send the form as it is; a recording may be in a compressed format.")
          .withHeader(HttpHeader.ACCEPT_ENCODING, "identity");
    }
    List<String> blocked = processing.status().blocked();
    if (!blocked.isEmpty()) {
      throw ProblemException.notReady(
          blocked, "The operator has to put this right; 'maie-edge status' says more.");
    }
    if (request.getLength() > options.maxUploadBytes() + FORM_BYTES) {
      throw GuardedBody.tooLarge(options.maxUploadBytes());
    }
    checkDisk(Math.max(0, request.getLength()));
  }

  private void checkDisk(long bytes) throws ProblemException, IOException {
    if (Files.getFileStore(tasks.folder()).getUsableSpace() - bytes < options.minFreeBytes()) {
      throw ProblemException.of(
          507,
          "DISK_FULL",
          "The recording would leave less than disk.min_free on the disk",
          "Free disk space; 'maie-edge cleanup --dry-run' shows what can go.");
    }
  }

  private ProblemException causeOf(RuntimeException e) throws IOException {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProblemException problem) {
        return problem;
      }
      if (cause instanceof EofException gone) {
        throw gone;
      }
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(root.getMessage());
    if (message.contains("exceeded")) {
      return GuardedBody.tooLarge(options.maxUploadBytes());
    }
    return root instanceof EOFException
        ? ProblemException.of(
            400,
            "BAD_FORM",
            "The form ends before its last boundary",
            "Send all of it; its last line is the boundary between two pairs of hyphens.")
        : ProblemException.of(
            400,
            "BAD_FORM",
            "The form cannot be read: " + message,
            "Let a client library write the form, as 'curl -F file=@talk.wav' does.");
  }

  /** One recording that is received. */
  private final class Receiving {
    private final Arriving arriving;
    private final Form form;

    private Receiving(Arriving arriving, Form form) {
      this.arriving = arriving;
      this.form = form;
    }

    Task from(Request request) throws ProblemException, IOException {
      MultiPartConfig config =
          new MultiPartConfig.Builder()
              .location(arriving.folder())
              .maxParts(MOST_PARTS)
              .maxSize(-1)
              .maxPartSize(options.maxUploadBytes())
              .maxMemoryPartSize(MOST_FIELD_BYTES)
              .maxHeadersSize(MOST_PART_HEADER_BYTES)
              .build();
      // the announced size has been checked as a whole
      long ahead = request.getLength() < 0 ? GuardedBody.STEP : 0;
      GuardedBody body =
          new GuardedBody(request, options.maxUploadBytes() + FORM_BYTES, () -> checkDisk(ahead));
      // the parser knows the parameter in small letters only
      String type =
          String.valueOf(request.getHeaders().get(HttpHeader.CONTENT_TYPE))
              .replaceFirst("(?i);\\s*boundary=", "; boundary=");
      // attributes of their own: the server would look at a failed form again, and stumble
      Attributes attributes = new Attributes.Mapped();
      try (MultiPartFormData.Parts parts =
          MultiPartFormData.getParts(body, attributes, type, config)) {
        return completed(parts);
      } catch (RuntimeException e) {
        throw causeOf(e);
      }
    }

    private Task completed(MultiPartFormData.Parts parts) throws ProblemException, IOException {
      if (parts.size() == 0) {
        throw ProblemException.of(
            400,
            "BAD_FORM",
            "The form holds no part between the boundaries that its Content-Type names",
            "Let the client library write Content-Type; it knows its own boundary.");
      }
      MultiPart.Part file = content(parts);
      boolean isText = TEXT.equals(file.getName());
      Map<String, @Nullable Object> values = form.read(fields(parts));
      RecordingParameters parameters = checked(values);
      if (!isText) {
        requireModel(parameters);
      }
      Path bytes = arriving.folder().resolve("upload");
      file.writeTo(bytes);
      return tasks.complete(
          arriving,
          bytes,
          new SentRecording(
              isText ? nameOfText(file.getFileName()) : nameOf(file.getFileName()),
              Answers.MAPPER.writeValueAsString(values),
              parameters.priority(),
              options.publishesToOutbox() ? Intake.API_AND_OUTBOX : Intake.API,
              RequestLine.current()));
    }
  }

  private static boolean isContent(MultiPart.Part part) {
    return FILE.equals(part.getName()) || TEXT.equals(part.getName());
  }

  /** The recording or text; browsers send an empty part for each input that is not filled in. */
  private static MultiPart.Part content(MultiPartFormData.Parts parts) throws ProblemException {
    List<MultiPart.Part> sent = new ArrayList<>();
    for (MultiPart.Part part : parts) {
      if (isContent(part) && part.getLength() > 0) {
        sent.add(part);
      }
    }
    if (sent.size() != 1) {
      throw problem(
          FILE,
          sent.isEmpty()
              ? "expected a recording, found nothing"
              : "expected one recording or text, found several");
    }
    return sent.get(0);
  }

  /** The texts of all other parts by their names. */
  private static Map<String, List<String>> fields(MultiPartFormData.Parts parts)
      throws ProblemException {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (MultiPart.Part part : parts) {
      if (!isContent(part)) {
        String name = String.valueOf(part.getName());
        fields.computeIfAbsent(name, key -> new ArrayList<>()).add(text(name, part));
      }
    }
    return fields;
  }

  /** A field, whether its text is in the form or comes from a file of the client. */
  private static String text(String name, MultiPart.Part part) throws ProblemException {
    boolean isKnown = Parameters.all().containsKey(name) || name.equals(FormParameters.WHOLE);
    if (part.getFileName() != null && !isKnown) {
      throw problem(name, "unknown key; the recording is expected in the field '" + FILE + "'");
    }
    if (part.getLength() > MOST_FIELD_BYTES) {
      throw problem(name, "expected at most " + MOST_FIELD_BYTES + " bytes");
    }
    return part.getContentAsString(UTF_8);
  }

  private static ProblemException problem(String field, String sentence) {
    return ProblemException.ofFields(List.of(new Problem("form", field, sentence)));
  }

  /**
   * The parameters of the recording.
   *
   * @throws ProblemException 422 if one is not valid
   */
  private RecordingParameters checked(Map<String, @Nullable Object> values)
      throws ProblemException, IOException {
    ParameterLayer layer = ParameterReader.check("form", values, field -> "form");
    ValidatedParameters merged = ValidatedParameters.merge(processing.defaults(), List.of(layer));
    if (merged instanceof ValidatedParameters.Valid valid) {
      if (values.get(TEMPLATE) instanceof String id) {
        requireTemplate(id);
      }
      return valid.orThrow();
    }
    throw ProblemException.ofFields(merged.problems());
  }

  /** Refuses a model that is not installed before the recording waits for its turn. */
  private void requireModel(RecordingParameters parameters) throws ProblemException {
    try {
      catalogue.requireRecognizer(parameters);
    } catch (ProcessingException e) {
      if (e.code() != FailureCode.INVALID_PARAMETERS) {
        // the recording can wait for the operator
        LOG.debug("No model hears a recording at present: {}", e.toString());
        return;
      }
      String field = parameters.asrModel() == null ? "asr_backend" : "asr_model";
      throw ProblemException.of(
              422,
              e.code().name(),
              field + ": " + e.getMessage(),
              e.hint().orElse(e.code().advice()))
          .withField(field, String.valueOf(e.getMessage()));
    }
  }

  private void requireTemplate(String id) throws ProblemException, IOException {
    List<String> ids = catalogue.templates().stream().map(CheckedTemplate::id).toList();
    if (!ids.contains(id)) {
      throw problem(
          TEMPLATE,
          "expected the id of a template, found '"
              + id
              + "'"
              + DidYouMean.suggestion(id, ids)
              + "; there are "
              + ids);
    }
  }

  /** The same of a text; what follows tells texts by their names. */
  private static String nameOfText(@Nullable String sent) {
    String name = nameOf(sent == null || sent.isBlank() ? TEXT : sent);
    String extension = FileNames.extension(name).toLowerCase(Locale.ROOT);
    return extension.equals(".txt") || extension.equals(".md") ? name : name + ".txt";
  }

  /** One plain file name, whatever the client says; it is shown and never used as a path. */
  static String nameOf(@Nullable String sent) {
    String name = sent == null ? "" : sent;
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    // browsers write quotes and line ends so
    name = name.replaceAll("[\\p{Cntrl}:*?\"<>|]|%22|%0[AD]", "_").strip().replaceAll("^\\.+", "");
    if (name.isEmpty()) {
      return "recording";
    }
    return FileNames.text(Path.of(NameSeries.of(name).name(1)));
  }
}
