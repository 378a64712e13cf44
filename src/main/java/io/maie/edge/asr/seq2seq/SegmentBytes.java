package io.maie.edge.asr.seq2seq;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Segments and texts as bytes, for checkpoints. */
final class SegmentBytes {

  private SegmentBytes() {}

  static void write(Segment segment, DataOutput out) throws IOException {
    write(segment.span(), out);
    write(segment.text(), out);
    out.writeDouble(segment.confidence());
    out.writeInt(segment.words().size());
    for (Word word : segment.words()) {
      write(word.span(), out);
      write(word.text(), out);
      out.writeDouble(word.probability());
      out.writeBoolean(word.estimated());
    }
    write(segment.scores(), out);
    write(segment.language() == null ? "" : segment.language(), out);
  }

  static Segment read(DataInput in) throws IOException {
    SampleSpan span = span(in);
    String text = text(in);
    double confidence = in.readDouble();
    int count = in.readInt();
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(new Word(span(in), text(in), in.readDouble(), in.readBoolean()));
    }
    Segment segment = new Segment(span, text, confidence, words, scores(in));
    String language = text(in);
    return language.isEmpty() ? segment : segment.withLanguage(language);
  }

  private static void write(SampleSpan span, DataOutput out) throws IOException {
    out.writeLong(span.start());
    out.writeLong(span.end());
  }

  private static SampleSpan span(DataInput in) throws IOException {
    return new SampleSpan(in.readLong(), in.readLong());
  }

  /** A text may be longer than {@link DataOutput#writeUTF} takes. */
  static void write(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String text(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void write(@Nullable DecodingScores scores, DataOutput out) throws IOException {
    out.writeBoolean(scores != null);
    if (scores != null) {
      out.writeDouble(scores.averageLogProbability());
      out.writeDouble(scores.noSpeechProbability());
      out.writeDouble(scores.compressionRatio());
      out.writeDouble(scores.temperature());
    }
  }

  private static @Nullable DecodingScores scores(DataInput in) throws IOException {
    return in.readBoolean()
        ? new DecodingScores(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble())
        : null;
  }
}
