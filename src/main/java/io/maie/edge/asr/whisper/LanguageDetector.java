package io.maie.edge.asr.whisper;

import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.asr.seq2seq.RowRange;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tells which language a chunk begins with, and where another one follows. A model names one
 * language for all that it hears, the loudest one of a mixture; what it encoded of four seconds,
 * without the rest of the chunk, names the language of those. The likeliest course of languages
 * through these stretches (Viterbi) changes only where the evidence outweighs the price of a
 * change. People mostly change the language between sentences, so stretches end at pauses.
 */
final class LanguageDetector {
  private static final int SECONDS = 4;

  /** Near a change stretches are shorter. */
  private static final int FINE_SECONDS = 2;

  private static final int FINE_STRETCHES = 4;

  /** A shorter stretch between pauses does not tell its language reliably: 2.5 s. */
  private static final int LEAST_SAMPLES = Waveform.SAMPLE_RATE * 5 / 2;

  /** The language of a chunk with fewer stretches is detected as a whole. */
  private static final int FEWEST_STRETCHES = 2;

  /** No stretch counts for more than this against a language: what is one in a hundred may be. */
  private static final double LEAST_SHARE = 0.01;

  /** Only what is likely in some stretch may be spoken in it. */
  private static final double CLEAR_SHARE = 0.8;

  /** Below this mean share of the likeliest language the whole chunk is asked, too. */
  private static final double LIKELY_SHARE = 0.5;

  /** Natural logarithm of the odds that speak against a change. */
  private static final double PRICE_OF_CHANGE = 2.2;

  private final ChunkDecoder decoder;
  private final WhisperShape shape;
  private final Set<String> candidates;

  /**
   * A teller.
   *
   * @param candidates the languages that count; empty = all that the model knows
   */
  LanguageDetector(ChunkDecoder decoder, WhisperShape shape, Set<String> candidates) {
    this.decoder = decoder;
    this.shape = shape;
    this.candidates = Set.copyOf(candidates);
  }

  /**
   * Start of a chunk.
   *
   * @param change samples from the beginning of the chunk from which on another language is spoken;
   *     the length of the chunk if none is
   * @param changesAtPause whether the change is exactly there, where a pause was cut out
   */
  record Told(LanguageOdds odds, int change, boolean changesAtPause) {}

  /**
   * Tells the language of a chunk.
   *
   * @param chunk the one chunk, encoded
   */
  Told tell(EncodedChunks chunk, LanguagePlan.Sound sound) throws ProcessingException {
    List<RowRange> stretches = stretches(sound);
    if (stretches.size() < FEWEST_STRETCHES) {
      LanguageOdds all = decoder.languageOdds(chunk, candidates);
      return new Told(all, sound.length(), false);
    }
    List<LanguageOdds> odds = new ArrayList<>();
    for (RowRange stretch : stretches) {
      odds.add(decoder.languageOdds(chunk.stretch(0, stretch), candidates));
    }
    int same = Math.min(beginning(odds), untilDoubt(stretches, odds, pauses(sound)));
    LanguageOdds before = LanguageOdds.mean(odds.subList(0, same));
    if (same == odds.size()) {
      return new Told(surer(before, chunk), sound.length(), false);
    }
    int position = stretches.get(same).first();
    if (pauses(sound).contains(position)) {
      return new Told(before, Math.min(sound.length(), position * shape.stepSamples()), true);
    }
    String next = odds.get(same).best().code();
    int change = change(chunk, new Change(position, before.best().code(), next));
    return new Told(before, Math.min(sound.length(), change * shape.stepSamples()), false);
  }

  /** The odds of the stretches, or those of the whole chunk where no stretch is clear. */
  private LanguageOdds surer(LanguageOdds stretches, EncodedChunks chunk)
      throws ProcessingException {
    double share = stretches.best().probability();
    if (share >= LIKELY_SHARE) {
      return stretches;
    }
    LanguageOdds whole = decoder.languageOdds(chunk, candidates);
    return whole.best().probability() > share ? whole : stretches;
  }

  /**
   * Counts the stretches before the first one that follows a pause and does not sound like those
   * before it. Its language may be clearer by itself, and its text is compared in several
   * languages.
   */
  private static int untilDoubt(
      List<RowRange> stretches, List<LanguageOdds> odds, List<Integer> pauses) {
    for (int i = 1; i < odds.size(); i++) {
      String before = LanguageOdds.mean(odds.subList(0, i)).best().code();
      boolean differs = !odds.get(i).best().code().equals(before);
      if (differs && pauses.contains(stretches.get(i).first())) {
        return i;
      }
    }
    return odds.size();
  }

  /** Stretches of about four seconds that end at pauses, in positions of the encoder. */
  private List<RowRange> stretches(LanguagePlan.Sound sound) {
    int length = SECONDS * shape.encoderFrames() * Waveform.SAMPLE_RATE / shape.chunkSamples();
    int positions = Math.max(1, sound.length() / shape.stepSamples());
    List<Integer> ends = new ArrayList<>(pauses(sound));
    ends.add(positions);
    List<RowRange> stretches = new ArrayList<>();
    int start = 0;
    for (int end : ends) {
      int count = Math.max(1, (end - start + length / 2) / Math.max(1, length));
      for (int i = 0; i < count; i++) {
        int last = i + 1 == count ? end : start + (i + 1) * length;
        stretches.add(new RowRange(start + i * length, last - start - i * length));
      }
      start = end;
    }
    return stretches;
  }

  /** The positions of pauses between which there is speech enough to tell its language. */
  private List<Integer> pauses(LanguagePlan.Sound sound) {
    List<Integer> pauses = new ArrayList<>();
    int last = 0;
    for (int joint : sound.joints()) {
      int sample = joint * WhisperShape.HOP;
      if (sample - last >= LEAST_SAMPLES && sound.length() - sample >= LEAST_SAMPLES) {
        pauses.add(sample / shape.stepSamples());
        last = sample;
      }
    }
    return pauses;
  }

  /** A change of language near a position. */
  private record Change(int position, String before, String after) {}

  /**
   * Locates a change more exactly, at the place that divides the short stretches around it best.
   */
  private int change(EncodedChunks chunk, Change change) throws ProcessingException {
    int stretch =
        FINE_SECONDS * shape.encoderFrames() * Waveform.SAMPLE_RATE / shape.chunkSamples();
    int first = Math.max(0, change.position() - FINE_STRETCHES / 2 * stretch);
    double score = 0;
    double best = 0;
    int place = first;
    for (int i = 0; i < FINE_STRETCHES; i++) {
      int from = first + i * stretch;
      if (from + stretch > shape.encoderFrames()) {
        break;
      }
      LanguageOdds odds =
          decoder.languageOdds(chunk.stretch(0, new RowRange(from, stretch)), candidates);
      score += logarithm(odds, change.before()) - logarithm(odds, change.after());
      if (score > best) {
        best = score;
        place = from + stretch;
      }
    }
    return place;
  }

  private static double logarithm(LanguageOdds odds, String language) {
    return Math.log(Math.max(LEAST_SHARE, odds.of(language).probability()));
  }

  /** Counts the stretches before the language changes. */
  static int beginning(List<LanguageOdds> stretches) {
    List<String> spoken = spoken(stretches);
    double[] scores = new double[spoken.size()];
    int[][] before = new int[stretches.size()][spoken.size()];
    for (int i = 0; i < stretches.size(); i++) {
      int best = best(scores);
      double[] next = new double[scores.length];
      for (int language = 0; language < scores.length; language++) {
        boolean stays = i == 0 || scores[language] >= scores[best] - PRICE_OF_CHANGE;
        before[i][language] = stays ? language : best;
        double so = i == 0 ? 0 : stays ? scores[language] : scores[best] - PRICE_OF_CHANGE;
        next[language] = so + logarithm(stretches.get(i), spoken.get(language));
      }
      scores = next;
    }
    return unchanged(before, best(scores));
  }

  /** Goes the best course back to its beginning. */
  private static int unchanged(int[][] before, int last) {
    int[] course = new int[before.length];
    course[course.length - 1] = last;
    for (int i = course.length - 1; i > 0; i--) {
      course[i - 1] = before[i][course[i]];
    }
    int same = 1;
    while (same < course.length && course[same] == course[0]) {
      same++;
    }
    return same;
  }

  private static List<String> spoken(List<LanguageOdds> stretches) {
    Set<String> spoken = new TreeSet<>();
    spoken.add(LanguageOdds.mean(stretches).best().code());
    for (LanguageOdds odds : stretches) {
      if (odds.best().probability() >= CLEAR_SHARE) {
        spoken.add(odds.best().code());
      }
    }
    return List.copyOf(spoken);
  }

  private static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }
}
