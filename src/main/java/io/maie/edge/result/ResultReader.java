package io.maie.edge.result;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.RemovalRule;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Sentence;
import io.maie.edge.transcript.SoundTags;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the {@code results} of a document that {@link ResultCodec} wrote. */
final class ResultReader {
  private static final String SPEAKER = "speaker";
  private static final String SUMMARY = "summary";
  private static final TypeReference<Map<String, Object>> CONTENT = new TypeReference<>() {};

  private ResultReader() {}

  /** Reads one item of an array. */
  @FunctionalInterface
  private interface Item<T> {
    T read(JsonNode item) throws IOException;
  }

  /**
   * The results apart from the texts that are made of the transcript; times are as exact as three
   * decimals.
   *
   * @throws IOException if a value that every result has is missing
   */
  static Results results(JsonNode results) throws IOException {
    boolean hasTranscript = results.has("raw_transcript");
    return new Results(
        hasTranscript ? transcript(results) : null,
        null,
        null,
        list(results.path("speech_regions"), region -> new SpeechRegion(span(region))),
        results.has("speakers") ? speakers(results) : null,
        list(results.path("removed"), ResultReader::removed));
  }

  /**
   * The results with the texts that are made of the transcript.
   *
   * @param versions names what made the summary
   * @throws IOException if a value that every result has is missing
   */
  static Results whole(JsonNode results, JsonNode versions) throws IOException {
    Results heard = results(results);
    return new Results(
        heard.transcript(),
        results.has("paragraphs")
            ? new CleanTranscript(list(results.path("paragraphs"), ResultReader::paragraph))
            : null,
        results.has(SUMMARY) ? summary(results, versions.path(SUMMARY)) : null,
        heard.speechRegions(),
        heard.speakers(),
        heard.removed());
  }

  private static Paragraph paragraph(JsonNode paragraph) throws IOException {
    return new Paragraph(
        paragraph.has(SPEAKER) ? text(paragraph, SPEAKER) : null,
        List.of(new Sentence(span(paragraph), text(paragraph, "text"))));
  }

  /** Content of a summary; the metrics tell how much of it has a source. */
  private static Summary summary(JsonNode results, JsonNode made) throws IOException {
    return new Summary(
        text(made, "engine"),
        text(made, "template_id"),
        text(made, "template_hash"),
        EarlierResult.MAPPER.convertValue(results.path(SUMMARY), CONTENT),
        list(results.path("summary_sources"), ResultReader::source),
        null);
  }

  private static SummarySource source(JsonNode source) throws IOException {
    return new SummarySource(
        text(source, "path"),
        list(source.path("sources"), ResultReader::span),
        list(source.path("unsupported"), JsonNode::asText));
  }

  private static Transcript transcript(JsonNode results) throws IOException {
    List<Segment> segments = list(results.path("segments"), ResultReader::segment);
    JsonNode language = results.path("language");
    Transcript transcript =
        language.isMissingNode()
            ? Transcript.of(segments)
            : Transcript.of(
                new Language(text(language, "code"), number(language, "probability")), segments);
    return transcript.withText(text(results, "raw_transcript"));
  }

  private static Segment segment(JsonNode segment) throws IOException {
    return new Segment(
        span(segment),
        text(segment, "text"),
        number(segment, "confidence"),
        list(segment.path("words"), ResultReader::word),
        scores(segment),
        label(segment),
        new SoundTags(segment.path("emotion").asText(), segment.path("event").asText()),
        segment.has("language") ? text(segment, "language") : null,
        channel(segment));
  }

  private static @Nullable DecodingScores scores(JsonNode segment) throws IOException {
    return segment.has("avg_logprob")
        ? new DecodingScores(
            number(segment, "avg_logprob"),
            number(segment, "no_speech_prob"),
            number(segment, "compression_ratio"),
            number(segment, "temperature"))
        : null;
  }

  private static Word word(JsonNode word) throws IOException {
    return new Word(
        span(word),
        text(word, "word"),
        number(word, "probability"),
        word.path("estimated").asBoolean(),
        label(word));
  }

  private static @Nullable SpeakerLabel label(JsonNode said) throws IOException {
    return said.has(SPEAKER)
        ? new SpeakerLabel(text(said, SPEAKER), said.path("overlap").asBoolean())
        : null;
  }

  private static Speakers speakers(JsonNode results) throws IOException {
    return new Speakers(
        list(results.path("speakers"), ResultReader::speaker),
        list(results.path("turns"), ResultReader::turn));
  }

  private static SpeakerSummary speaker(JsonNode speaker) throws IOException {
    return new SpeakerSummary(
        text(speaker, "id"),
        speaker.has("name") ? text(speaker, "name") : null,
        channel(speaker),
        samples(speaker, "seconds"),
        (int) number(speaker, "words"),
        number(speaker, "share"));
  }

  private static @Nullable Integer channel(JsonNode node) throws IOException {
    return node.has("channel") ? Integer.valueOf((int) number(node, "channel")) : null;
  }

  private static Turn turn(JsonNode turn) throws IOException {
    String id = text(turn, SPEAKER);
    return Turn.of(span(turn), id)
        .orElseThrow(() -> new IOException("expected a speaker such as S1, found '" + id + "'"));
  }

  private static RemovedSegment removed(JsonNode segment) throws IOException {
    String rule = text(segment, "rule");
    try {
      return new RemovedSegment(
          span(segment),
          text(segment, "text"),
          RemovalRule.valueOf(rule.toUpperCase(Locale.ROOT)),
          segment.has("pattern") ? text(segment, "pattern") : null);
    } catch (IllegalArgumentException e) {
      throw new IOException("expected a known rule, found '" + rule + "'", e);
    }
  }

  private static SampleSpan span(JsonNode timed) throws IOException {
    return new SampleSpan(samples(timed, "start"), samples(timed, "end"));
  }

  private static long samples(JsonNode node, String key) throws IOException {
    return Math.round(number(node, key) * Waveform.SAMPLE_RATE);
  }

  private static double number(JsonNode node, String key) throws IOException {
    JsonNode value = node.path(key);
    if (!value.isNumber()) {
      throw new IOException("expected a number as '" + key + "', found " + value);
    }
    return value.doubleValue();
  }

  private static String text(JsonNode node, String key) throws IOException {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw new IOException("expected a text as '" + key + "', found " + value);
    }
    return value.textValue();
  }

  private static <T> List<T> list(JsonNode array, Item<T> item) throws IOException {
    List<T> items = new ArrayList<>();
    for (JsonNode each : array) {
      items.add(item.read(each));
    }
    return items;
  }
}
