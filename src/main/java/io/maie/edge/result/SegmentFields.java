package io.maie.edge.result;

import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SoundTags;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the segments of a transcript with their words. */
record SegmentFields(JsonFields json) {

  void segment(Segment segment, int id) throws IOException {
    json.object(
        () -> {
          json.integer("id", id);
          json.seconds("start", segment.span().start());
          json.seconds("end", segment.span().end());
          channel(segment.channel());
          speaker(segment.speaker());
          json.text("language", segment.language());
          json.text("text", segment.text());
          json.decimal("confidence", segment.confidence());
          scores(segment.scores());
          tags(segment.tags());
          json.array("words", segment.words(), this::word);
        });
  }

  void channel(@Nullable Integer number) throws IOException {
    if (number != null) {
      json.integer("channel", number);
    }
  }

  private void speaker(@Nullable SpeakerLabel label) throws IOException {
    if (label != null) {
      json.text("speaker", label.speaker());
      if (label.overlap()) {
        json.flag("overlap", true);
      }
    }
  }

  private void scores(@Nullable DecodingScores scores) throws IOException {
    if (scores != null) {
      json.decimal("avg_logprob", scores.averageLogProbability());
      json.decimal("no_speech_prob", scores.noSpeechProbability());
      json.decimal("compression_ratio", scores.compressionRatio());
      json.decimal("temperature", scores.temperature());
    }
  }

  private void tags(SoundTags tags) throws IOException {
    if (!tags.emotion().isEmpty()) {
      json.text("emotion", tags.emotion());
    }
    if (!tags.event().isEmpty()) {
      json.text("event", tags.event());
    }
  }

  private void word(Word word, int index) throws IOException {
    json.object(
        () -> {
          json.seconds("start", word.span().start());
          json.seconds("end", word.span().end());
          json.text("word", word.text());
          json.decimal("probability", word.probability());
          if (word.estimated()) {
            json.flag("estimated", true);
          }
          speaker(word.speaker());
        });
  }
}
