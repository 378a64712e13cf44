package io.maie.edge.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.maie.edge.evaluation.EditCounts;
import io.maie.edge.evaluation.Score;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * Report of an evaluation, for people and for programs.
 *
 * @param model empty if nothing could be recognised
 * @param rows scores by condition
 * @param left recordings that were not counted, with the reason
 */
record EvaluationReport(
    String model, String language, SortedMap<String, Score> rows, List<String> left) {
  private static final String ROW = "%-34s %5s %6s %6s %6s %5s %5s %5s %6s";

  EvaluationReport {
    requireNonNull(model, "model is null");
    requireNonNull(language, "language is null");
    left = List.copyOf(left);
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("model: " + model);
    lines.add(
        ROW.formatted("condition", "clips", "words", "WER %", "CER %", "sub", "del", "ins", "RTF"));
    rows.forEach((condition, score) -> lines.add(line(condition, score)));
    if (!left.isEmpty()) {
      lines.add("not counted:");
      left.forEach(reason -> lines.add("  " + reason));
    }
    return String.join("\n", lines);
  }

  private static String line(String condition, Score score) {
    EditCounts words = score.words();
    return ROW.formatted(
        condition,
        score.clips(),
        words.length(),
        percent(words),
        percent(score.characters()),
        words.substitutions(),
        words.deletions(),
        words.insertions(),
        String.format(Locale.ROOT, "%.3f", score.realTimeFactor()));
  }

  private static String percent(EditCounts counts) {
    return String.format(Locale.ROOT, "%.1f", 100 * counts.rate());
  }

  String json() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("model", model);
      json.writeStringField("language", language);
      json.writeArrayFieldStart("rows");
      for (Map.Entry<String, Score> row : rows.entrySet()) {
        write(json, row);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("not_counted");
      for (String reason : left) {
        json.writeString(reason);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Map.Entry<String, Score> row) throws IOException {
    Score score = row.getValue();
    EditCounts words = score.words();
    json.writeStartObject();
    json.writeStringField("condition", row.getKey());
    json.writeNumberField("clips", score.clips());
    json.writeNumberField("words", words.length());
    json.writeNumberField("word_error_rate", words.rate());
    json.writeNumberField("character_error_rate", score.characters().rate());
    json.writeNumberField("substitutions", words.substitutions());
    json.writeNumberField("deletions", words.deletions());
    json.writeNumberField("insertions", words.insertions());
    json.writeNumberField("audio_seconds", score.audioSeconds());
    json.writeNumberField("processing_seconds", score.processingSeconds());
    json.writeNumberField("real_time_factor", score.realTimeFactor());
    json.writeEndObject();
  }
}
