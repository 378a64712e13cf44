package io.maie.edge.transcript;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Transcript in order of time. */
public final class Transcript {
  private final @Nullable Language language;
  private final List<Segment> segments;

  /** The text before segments were split; null = that of the segments. */
  private final @Nullable String whole;

  private Transcript(@Nullable Language language, List<Segment> segments, @Nullable String whole) {
    this.language = language;
    this.segments = List.copyOf(segments);
    this.whole = whole;
  }

  /** A transcript whose language is not known. */
  public static Transcript of(List<Segment> segments) {
    return new Transcript(null, segments, null);
  }

  public static Transcript of(Language language, List<Segment> segments) {
    return new Transcript(requireNonNull(language, "language is null"), segments, null);
  }

  /** The same language with other segments. */
  public Transcript withSegments(List<Segment> others) {
    return new Transcript(language, others, null);
  }

  /** The same language and text, in segments of one speaker each. */
  public Transcript withSpeakers(List<Segment> split) {
    return new Transcript(language, split, text());
  }

  /** The same language and segments, with {@code text} as the whole text. */
  public Transcript withText(String text) {
    return new Transcript(language, segments, requireNonNull(text, "text is null"));
  }

  public Optional<Language> language() {
    return Optional.ofNullable(language);
  }

  public List<Segment> segments() {
    return segments;
  }

  /**
   * The share of each language in what was said, the largest first; empty if the model does not
   * tell.
   */
  public List<LanguageShare> languageShares() {
    Map<String, Long> samples = new TreeMap<>();
    for (Segment segment : segments) {
      if (segment.language() != null) {
        samples.merge(segment.language(), Math.max(1, segment.span().length()), Long::sum);
      }
    }
    long all = samples.values().stream().mapToLong(each -> each).sum();
    return samples.entrySet().stream()
        .map(each -> new LanguageShare(each.getKey(), (double) each.getValue() / all))
        .sorted(Comparator.comparingDouble(LanguageShare::share).reversed())
        .toList();
  }

  /** The texts of all segments, joined by single blanks; empty if nothing was said. */
  public String text() {
    return whole != null ? whole : joined();
  }

  private String joined() {
    return segments.stream()
        .map(Segment::text)
        .filter(text -> !text.isBlank())
        .collect(joining(" "));
  }
}
