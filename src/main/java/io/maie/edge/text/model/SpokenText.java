package io.maie.edge.text.model;

import io.maie.edge.transcript.CleanTranscript;
import io.maie.edge.transcript.Paragraph;
import io.maie.edge.transcript.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes transcripts for language models, whole or in chunks. */
public final class SpokenText {
  /** Share of a chunk that repeats the end of the one before, so that no thought is cut. */
  private static final double OVERLAP = 0.08;

  /** From this share of the budget on, a chunk ends with a paragraph rather than within one. */
  private static final double NEARLY_FULL = 0.75;

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private SpokenText() {}

  /**
   * A line for each paragraph, with the speaker before it where one is known.
   *
   * @param names of speakers, by their ids
   */
  public static String of(CleanTranscript transcript, Map<String, String> names) {
    StringBuilder text = new StringBuilder();
    for (Paragraph paragraph : transcript.paragraphs()) {
      @Nullable String speaker = paragraph.speaker();
      if (speaker != null) {
        text.append(names.getOrDefault(speaker, speaker)).append(": ");
      }
      text.append(paragraph.text()).append('\n');
    }
    return text.toString();
  }

  /**
   * Consecutive chunks of a transcript, cut between sentences, where possible between paragraphs.
   * Each but the first repeats the last sentences of the one before.
   *
   * @param tokens counts those of a text
   * @param budget the most tokens of a chunk, 50 or more
   */
  public static List<CleanTranscript> chunks(
      CleanTranscript transcript, ToIntFunction<String> tokens, int budget) {
    return new Cutter(tokens, budget).cut(transcript);
  }

  /** A sentence and who says it. */
  private record Said(@Nullable String speaker, Sentence sentence, int tokens, boolean ends) {}

  private static final class Cutter {
    /** For the name of a speaker, and the line break. */
    private static final int LINE = 8;

    private final ToIntFunction<String> counter;
    private final int budget;
    private final List<CleanTranscript> chunks = new ArrayList<>();
    private List<Said> pending = new ArrayList<>();
    private int fresh;
    private int size;

    Cutter(ToIntFunction<String> counter, int budget) {
      this.counter = counter;
      this.budget = budget;
    }

    List<CleanTranscript> cut(CleanTranscript transcript) {
      for (Said said : sentences(transcript)) {
        if (size + said.tokens > budget && fresh > 0) {
          flush();
        }
        add(said);
        if (said.ends && size >= NEARLY_FULL * budget) {
          flush();
        }
      }
      if (fresh > 0) {
        flush();
      }
      return chunks;
    }

    private void add(Said said) {
      while (fresh == 0 && !pending.isEmpty() && size + said.tokens > budget) {
        size -= pending.remove(0).tokens;
      }
      pending.add(said);
      size += said.tokens;
      fresh++;
    }

    private List<Said> sentences(CleanTranscript transcript) {
      List<Said> all = new ArrayList<>();
      for (Paragraph paragraph : transcript.paragraphs()) {
        int left = paragraph.sentences().size();
        for (Sentence sentence : paragraph.sentences()) {
          left--;
          List<String> parts = parts(sentence.text());
          for (int i = 0; i < parts.size(); i++) {
            Sentence part = new Sentence(sentence.span(), parts.get(i));
            int tokens = counter.applyAsInt(part.text()) + LINE;
            boolean ends = left == 0 && i == parts.size() - 1;
            all.add(new Said(paragraph.speaker(), part, tokens, ends));
          }
        }
      }
      return all;
    }

    /** A sentence that is longer than a chunk is cut between words. */
    private List<String> parts(String text) {
      if (counter.applyAsInt(text) + LINE <= budget) {
        return List.of(text);
      }
      List<String> parts = new ArrayList<>();
      StringBuilder part = new StringBuilder();
      for (String word : BLANKS.split(text, -1)) {
        if (!part.isEmpty() && counter.applyAsInt(part + " " + word) + LINE > budget) {
          parts.add(part.toString());
          part.setLength(0);
        }
        part.append(part.isEmpty() ? "" : " ").append(word);
      }
      parts.add(part.toString());
      return parts;
    }

    private void flush() {
      List<Paragraph> paragraphs = new ArrayList<>();
      List<Sentence> sentences = new ArrayList<>();
      for (int i = 0; i < pending.size(); i++) {
        Said said = pending.get(i);
        sentences.add(said.sentence);
        if (said.ends || i == pending.size() - 1) {
          paragraphs.add(new Paragraph(said.speaker, sentences));
          sentences = new ArrayList<>();
        }
      }
      chunks.add(new CleanTranscript(paragraphs));
      int from = pending.size();
      int repeated = 0;
      while (from > 1 && repeated + pending.get(from - 1).tokens <= OVERLAP * budget) {
        from--;
        repeated += pending.get(from).tokens;
      }
      pending = new ArrayList<>(pending.subList(from, pending.size()));
      size = repeated;
      fresh = 0;
    }
  }
}
