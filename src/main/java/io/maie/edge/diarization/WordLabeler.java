package io.maie.edge.diarization;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Turn;
import io.maie.edge.transcript.Word;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Says which speaker said each word: the one whose turns overlap it most, or else the nearest. If
 * two are equally good, the speaker of the last word continues. Then a sentence of which one
 * speaker has most goes to him whole.
 */
final class WordLabeler {
  /** Nobody speaks near the word. */
  static final int NOBODY = 0;

  /** Overlaps that differ by less are alike: 0.02 s. */
  private static final long LIKE_OVERLAP = Waveform.SAMPLE_RATE / 50;

  /** Distances that differ by less are alike: 0.05 s. */
  private static final long LIKE_DISTANCE = Waveform.SAMPLE_RATE / 20;

  /** The farthest turn that a word may belong to. */
  private static final long REACH = Waveform.SAMPLE_RATE;

  /** A pause that ends a sentence without a mark. */
  private static final long PAUSE = 2L * Waveform.SAMPLE_RATE;

  /** Share of the time of a sentence that makes it one speaker's. */
  private static final double SENTENCE_SHARE = 0.75;

  private static final Pattern SENTENCE_END =
      Pattern.compile(".*[.!?\u2026\u3002\uFF01\uFF1F][\"'\u201D\u2019)\u300D]?", Pattern.DOTALL);

  private final TurnIndex turns;

  WordLabeler(TurnIndex turns) {
    this.turns = turns;
  }

  /** The number of the speaker of each word; {@link #NOBODY} where no turn is near. */
  int[] label(List<Word> words) {
    int[] labels = new int[words.size()];
    int before = NOBODY;
    for (int i = 0; i < labels.length; i++) {
      labels[i] = speakerOf(words.get(i).span(), before);
      before = labels[i];
    }
    smoothSentences(words, labels);
    return labels;
  }

  /** The speaker of one span; {@code before} if nobody speaks near it. */
  int speakerOf(SampleSpan span, int before) {
    List<Turn> near = turns.near(span, REACH);
    List<Integer> best = mostOverlapping(near, span);
    if (best.isEmpty()) {
      best = nearest(near, span);
    }
    return best.isEmpty() || best.contains(before) ? before : best.get(0);
  }

  /** Returns whether two people speak in the middle of {@code span}. */
  boolean isOverlapped(SampleSpan span) {
    long middle = (span.start() + span.end()) / 2;
    return turns.near(new SampleSpan(middle, middle), 0).stream()
            .filter(turn -> turn.span().start() <= middle && middle < turn.span().end())
            .map(Turn::speaker)
            .distinct()
            .count()
        > 1;
  }

  private static List<Integer> mostOverlapping(List<Turn> near, SampleSpan span) {
    SortedMap<Integer, Long> shared = new TreeMap<>();
    for (Turn turn : near) {
      long overlap = TurnIndex.overlap(turn.span(), span);
      if (overlap > 0) {
        shared.merge(turn.speaker(), overlap, Long::sum);
      }
    }
    long most = shared.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return shared.entrySet().stream()
        .filter(speaker -> speaker.getValue() > most - LIKE_OVERLAP)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<Integer> nearest(List<Turn> near, SampleSpan span) {
    long least =
        near.stream()
            .mapToLong(turn -> TurnIndex.distance(turn.span(), span))
            .min()
            .orElse(Long.MAX_VALUE - LIKE_DISTANCE);
    return near.stream()
        .filter(turn -> TurnIndex.distance(turn.span(), span) < least + LIKE_DISTANCE)
        .map(Turn::speaker)
        .toList();
  }

  /**
   * Only a sentence with a mark at its end is known to be one: recognisers without punctuation
   * would make one sentence of a whole conversation.
   */
  private static void smoothSentences(List<Word> words, int[] labels) {
    int begin = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean ends = SENTENCE_END.matcher(words.get(i).text()).matches();
      boolean pauses =
          i + 1 < labels.length
              && words.get(i + 1).span().start() - words.get(i).span().end() >= PAUSE;
      if (ends) {
        int[] own = Arrays.copyOfRange(labels, begin, i + 1);
        Optional<Integer> owner = owner(words.subList(begin, i + 1), own);
        if (owner.isPresent()) {
          Arrays.fill(labels, begin, i + 1, owner.get());
        }
      }
      if (ends || pauses) {
        begin = i + 1;
      }
    }
  }

  /** The speaker who has most of a sentence; empty if none has enough. */
  private static Optional<Integer> owner(List<Word> sentence, int[] labels) {
    Map<Integer, Long> times = new HashMap<>();
    long sum = 0;
    for (int i = 0; i < labels.length; i++) {
      times.merge(labels[i], sentence.get(i).span().length(), Long::sum);
      sum += sentence.get(i).span().length();
    }
    long all = sum;
    return times.entrySet().stream()
        .filter(speaker -> all > 0 && speaker.getValue() >= SENTENCE_SHARE * all)
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
