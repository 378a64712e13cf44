package io.maie.edge.asr.whisper;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A recording of synthetic speech through a small model that was trained to understand it, held
 * against openai/whisper and against what was said when: src/test/python/whisper/micro.py.
 */
final class SpokenWhisperTest {
  /** Tolerance for scores that Python computed with other kernels. */
  private static final double SCORE_TOLERANCE = 1e-3;

  /** Seconds; of the synthesizer's times, which hold for phones. */
  private static final double TOLERANCE = 0.3;

  /** Sentences out of 14 that must be right; the model is small, and errs in timestamps too. */
  private static final int LEAST_SENTENCES = 8;

  @TempDir Path scratch;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void goesThroughARecordingAsOpenaiWhisperDoes() throws Exception {
    GoldenWhisper model = GoldenWhisper.open("micro", "", true, scratch);
    for (JsonNode run : model.golden.get("long_form")) {
      JsonNode asked = run.get("options");
      List<Segment> segments =
          recognize(
              model,
              greedy(asked.get("condition").asBoolean()),
              asked.get("prompt").isNull() ? "" : asked.get("prompt").asText());
      List<JsonNode> expected = new ArrayList<>();
      for (JsonNode segment : run.get("segments")) {
        if (!segment.get("text").asText().isEmpty()) {
          expected.add(segment);
        }
      }
      assertThat(segments)
          .as(asked.toString())
          .extracting(Segment::text)
          .containsExactlyElementsOf(
              expected.stream().map(segment -> segment.get("text").asText().strip()).toList());
      for (int i = 0; i < segments.size(); i++) {
        assertSame(segments.get(i), expected.get(i), model.golden.get("english_samples").asInt());
      }
    }
  }

  private static void assertSame(Segment segment, JsonNode expected, int samples) {
    double length = seconds(samples);
    assertThat(seconds(segment.span().start()))
        .isCloseTo(expected.get("start").asDouble(), within(SCORE_TOLERANCE));
    assertThat(seconds(segment.span().end()))
        .isCloseTo(Math.min(length, expected.get("end").asDouble()), within(SCORE_TOLERANCE));
    DecodingScores scores = requireNonNull(segment.scores());
    assertThat(scores.averageLogProbability())
        .isCloseTo(expected.get("avg_logprob").asDouble(), within(SCORE_TOLERANCE));
    assertThat(scores.noSpeechProbability())
        .isCloseTo(expected.get("no_speech_prob").asDouble(), within(SCORE_TOLERANCE));
    assertThat(scores.compressionRatio())
        .isCloseTo(expected.get("compression_ratio").asDouble(), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_quantized"})
  void sentencesAreHeardWhereTheyWereSaid(String suffix) throws Exception {
    GoldenWhisper model = GoldenWhisper.open("micro", suffix, true, scratch);
    List<Segment> segments = recognize(model, WhisperOptions.DEFAULTS, "");
    List<Said> sentences = sentences(model);
    assertThat(sentences.stream().filter(said -> said.isIn(segments)).count())
        .as("%s of %s", segments, sentences)
        .isGreaterThanOrEqualTo(LEAST_SENTENCES);
    assertThat(segments)
        .extracting(Segment::text)
        .contains("set a timer for nine seconds.", "Friday the eighth of October.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "_quantized"})
  void wordsFollowTheSpeech(String suffix) throws Exception {
    GoldenWhisper model = GoldenWhisper.open("micro", suffix, true, scratch);
    List<Word> heard = new ArrayList<>();
    recognize(model, WhisperOptions.DEFAULTS, "").forEach(segment -> heard.addAll(segment.words()));
    List<Said> words = said(model);
    assertThat(heard).noneMatch(Word::estimated);
    assertThat(heard.size()).isBetween(words.size() * 9 / 10, words.size() * 11 / 10);
    assertThat(words.stream().filter(word -> word.isBegunIn(heard)).count())
        .as("of " + words.size())
        .isGreaterThanOrEqualTo(words.size() * 4 / 5);
  }

  /** English words and when they were synthesized. */
  private static List<Said> said(GoldenWhisper model) {
    List<Said> words = new ArrayList<>();
    double end = seconds(model.golden.get("english_samples").asInt());
    for (JsonNode word : model.golden.get("words")) {
      if (word.get(1).asDouble() < end) {
        words.add(new Said(word.get(0).asText(), word.get(1).asDouble(), word.get(2).asDouble()));
      }
    }
    return words;
  }

  private static List<Said> sentences(GoldenWhisper model) {
    List<Said> sentences = new ArrayList<>();
    List<Said> words = new ArrayList<>();
    for (Said word : said(model)) {
      words.add(word);
      if (word.text().endsWith(".") || word.text().endsWith("?")) {
        String text = String.join(" ", words.stream().map(Said::text).toList());
        sentences.add(new Said(text, words.get(0).start(), word.end()));
        words.clear();
      }
    }
    return sentences;
  }

  /** Something that was said between two times, in seconds. */
  private record Said(String text, double start, double end) {

    boolean isIn(List<Segment> segments) {
      return segments.stream()
          .anyMatch(
              segment ->
                  segment.text().equals(text)
                      && Math.abs(seconds(segment.span().start()) - start) < TOLERANCE
                      && Math.abs(seconds(segment.span().end()) - end) < TOLERANCE);
    }

    boolean isBegunIn(List<Word> words) {
      return words.stream()
          .anyMatch(
              word ->
                  word.text().equals(text)
                      && Math.abs(seconds(word.span().start()) - start) < TOLERANCE);
    }
  }

  private static double seconds(long samples) {
    return (double) samples / Waveform.SAMPLE_RATE;
  }

  private static WhisperOptions greedy(boolean conditioned) {
    return new WhisperOptions(1, 1, List.of(0.0), 2.4, -1, 0.6, conditioned, false, 1);
  }

  /** Without looking for speech first. */
  private List<Segment> recognize(GoldenWhisper model, WhisperOptions options, String prompt)
      throws Exception {
    float[] samples = Arrays.copyOf(model.recording(), model.golden.get("english_samples").asInt());
    RecognitionOptions asked =
        new RecognitionOptions(null, false, prompt.isEmpty() ? null : prompt, List.of());
    SampleSource audio = SampleSource.of(Waveform.of(samples));
    return WhisperRecognizer.open(model.model, options, runtime)
        .recognize(
            new SpeechOrder(audio, SpeechRegions.unsearched(audio), asked, StageContext.disabled()))
        .transcript()
        .segments();
  }
}
