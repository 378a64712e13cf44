package io.maie.edge.diarization;

import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds which speakers are known persons. A name is given only if the voices are alike, clearly
 * more alike than any other pair of that speaker, and if the speaker talks for long enough: no name
 * is better than a wrong one.
 */
public final class VoiceMatch {
  /** The least cosine of a voiceprint and a speaker. */
  static final double LEAST = 0.55;

  /** The least distance of the cosine from the second best of the same speaker. */
  static final double MARGIN = 0.10;

  /** Samples that a speaker talks, at least: 5 s. */
  private static final long SHORTEST = 5L * Waveform.SAMPLE_RATE;

  private VoiceMatch() {}

  /** A speaker and a person who may be him. */
  private record Pair(int speaker, String name, double cosine) {}

  /**
   * The names of the speakers who are known.
   *
   * @param known voices; those of another model do not count
   * @param modelHash of the model that made the voices of {@code found}
   * @return names by the ids of speakers
   */
  public static Map<String, String> names(
      Diarization found, List<Voiceprint> known, String modelHash) {
    Set<Integer> longEnough = longEnough(found.turns());
    List<Voiceprint> comparable =
        known.stream().filter(print -> print.modelHash().equals(modelHash)).toList();
    List<Pair> candidates = new ArrayList<>();
    for (Diarization.Voice voice : found.voices()) {
      if (longEnough.contains(voice.speaker())) {
        best(voice, comparable).ifPresent(candidates::add);
      }
    }
    candidates.sort(Comparator.comparingDouble(Pair::cosine).reversed());
    Map<String, String> names = new TreeMap<>();
    Set<String> taken = new HashSet<>();
    for (Pair candidate : candidates) {
      if (taken.add(candidate.name())) {
        names.put(Turn.id(candidate.speaker()), candidate.name());
      }
    }
    return names;
  }

  private static Set<Integer> longEnough(List<Turn> turns) {
    Map<Integer, Long> samples = new HashMap<>();
    turns.forEach(turn -> samples.merge(turn.speaker(), turn.span().length(), Long::sum));
    Set<Integer> longEnough = new HashSet<>();
    samples.forEach(
        (speaker, length) -> {
          if (length >= SHORTEST) {
            longEnough.add(speaker);
          }
        });
    return longEnough;
  }

  private static Optional<Pair> best(Diarization.Voice voice, List<Voiceprint> known) {
    List<Pair> pairs =
        known.stream()
            .filter(print -> print.embedding().length == voice.embedding().length)
            .map(print -> new Pair(voice.speaker(), print.name(), cosine(voice, print)))
            .sorted(Comparator.comparingDouble(Pair::cosine).reversed())
            .toList();
    if (pairs.isEmpty() || pairs.get(0).cosine() < LEAST) {
      return Optional.empty();
    }
    Pair first = pairs.get(0);
    boolean isClear =
        pairs.stream()
            .filter(pair -> !pair.name().equals(first.name()))
            .allMatch(other -> first.cosine() - other.cosine() >= MARGIN);
    return isClear ? Optional.of(first) : Optional.empty();
  }

  private static double cosine(Diarization.Voice voice, Voiceprint print) {
    double sum = 0;
    for (int i = 0; i < print.embedding().length; i++) {
      sum += (double) voice.embedding()[i] * print.embedding()[i];
    }
    return sum;
  }
}
