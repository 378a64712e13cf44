package io.maie.edge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.task.StoredResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.Deflater;

/** A result in the forms of OpenAI's transcription call. */
final class OpenAiAnswer {
  private final JsonNode document;
  private final JsonNode results;

  private OpenAiAnswer(JsonNode document) {
    this.document = document;
    this.results = document.path("results");
  }

  /** Reads the result of a task that succeeded. */
  static OpenAiAnswer of(StoredResult result) throws IOException {
    Path file =
        result
            .document("result.json")
            .orElseThrow(() -> new IOException("the result of " + result.task().id() + " is gone"));
    return new OpenAiAnswer(Answers.MAPPER.readTree(Files.readAllBytes(file)));
  }

  String text() {
    return results.path("raw_transcript").asText();
  }

  ObjectNode json() {
    ObjectNode node = Answers.object().put("text", text());
    node.set("usage", usage());
    return node;
  }

  /** The usage that OpenAI bills by. */
  ObjectNode usage() {
    return Answers.object().put("type", "duration").put("seconds", Math.ceil(duration()));
  }

  private double duration() {
    return document.at("/source/duration_seconds").asDouble();
  }

  ObjectNode verbose(OpenAiForm form) {
    ObjectNode node =
        Answers.object()
            .put("task", form.translates() ? "translate" : "transcribe")
            .put("language", language(form))
            .put("duration", duration())
            .put("text", text());
    if (form.wants("segment")) {
      segments(node.putArray("segments"));
    }
    if (form.wants("word")) {
      words(node.putArray("words"));
    }
    node.set("usage", usage());
    return node;
  }

  private String language(OpenAiForm form) {
    String code = form.translates() ? "en" : results.at("/language/code").asText();
    return Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT);
  }

  private void segments(ArrayNode array) {
    for (JsonNode segment : results.path("segments")) {
      String text = segment.path("text").asText();
      ObjectNode node =
          array
              .addObject()
              .put("id", segment.path("id").asInt())
              .put("seek", 0)
              .put("start", segment.path("start").asDouble())
              .put("end", segment.path("end").asDouble())
              .put("text", text);
      node.putArray("tokens");
      double confidence = segment.path("confidence").asDouble();
      node.put("temperature", segment.path("temperature").asDouble())
          .put("avg_logprob", segment.path("avg_logprob").asDouble(logarithm(confidence)))
          .put("compression_ratio", segment.path("compression_ratio").asDouble(ratio(text)))
          .put("no_speech_prob", segment.path("no_speech_prob").asDouble());
    }
  }

  /** For models that give no scores of their own. */
  private static double logarithm(double confidence) {
    return Math.log(Math.max(confidence, 1e-6));
  }

  /** Measures how often a text repeats itself, as OpenAI's Whisper does. */
  private static double ratio(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    Deflater deflater = new Deflater();
    deflater.setInput(bytes);
    deflater.finish();
    int compressed = deflater.deflate(new byte[bytes.length + 64]);
    deflater.end();
    return (double) bytes.length / Math.max(1, compressed);
  }

  private void words(ArrayNode array) {
    for (JsonNode segment : results.path("segments")) {
      for (JsonNode word : segment.path("words")) {
        array
            .addObject()
            .put("word", word.path("word").asText())
            .put("start", word.path("start").asDouble())
            .put("end", word.path("end").asDouble());
      }
    }
  }

  ObjectNode diarized() {
    ObjectNode node =
        Answers.object().put("task", "transcribe").put("duration", duration()).put("text", text());
    ArrayNode array = node.putArray("segments");
    for (JsonNode segment : results.path("segments")) {
      array
          .addObject()
          .put("type", "transcript.text.segment")
          .put("id", "seg_" + segment.path("id").asInt())
          .put("start", segment.path("start").asDouble())
          .put("end", segment.path("end").asDouble())
          .put("speaker", segment.path("speaker").asText())
          .put("text", segment.path("text").asText());
    }
    node.set("usage", usage());
    return node;
  }
}
