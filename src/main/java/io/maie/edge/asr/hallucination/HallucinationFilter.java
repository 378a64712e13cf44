package io.maie.edge.asr.hallucination;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.Stage;
import io.maie.edge.result.FilterIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.DecodingScores;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.RemovalRule;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes segments that a recogniser invented. A segment is removed as a whole or stays unchanged.
 *
 * <p>Most rules look at one segment alone; the first that applies counts. A repetition counts as
 * invented only if the recording itself does not repeat there. Among many segments in a row that
 * all say the same, the first stays. A phrase that people say too ("Thank you.") goes only if the
 * model itself doubted that there was speech, or guessed. Half as much doubt is enough where it
 * stands alone, as inventions in silence do. Models that give no scores do not doubt; they write
 * what they hear, and such phrases stay.
 */
public final class HallucinationFilter implements TranscriptFilter {
  /** A segment with nothing said within this distance stands alone. */
  private static final long ALONE_SAMPLES = 10L * Waveform.SAMPLE_RATE;

  /** A text that was drawn by chance is guessed below this confidence. */
  private static final double LIKELY = 0.5;

  private final HallucinationOptions options;
  private final HallucinationPatterns patterns;

  public HallucinationFilter(HallucinationOptions options, HallucinationPatterns patterns) {
    this.options = requireNonNull(options, "options is null");
    this.patterns = requireNonNull(patterns, "patterns is null");
  }

  @Override
  public Optional<FilterIdentity> identity() {
    return Optional.of(new FilterIdentity(patterns.checksums(), options.asParams()));
  }

  @Override
  public Recognition apply(Recognition recognition, SpeechOrder order) throws IOException {
    Filtering filtering = new Filtering(recognition, order);
    List<Segment> before = recognition.transcript().segments();
    List<Segment> after = filtering.pass(before);
    // removals can leave others alone or side by side
    while (after.size() < before.size()) {
      before = after;
      after = filtering.pass(before);
    }
    List<RemovedSegment> removed = filtering.removed;
    removed.sort(Comparator.comparingLong(each -> each.span().start()));
    List<Warning> warnings = new ArrayList<>(recognition.warnings());
    if (after.isEmpty() && !recognition.transcript().segments().isEmpty()) {
      warnings.add(
          new Warning(
              WarningCode.ALL_TEXT_REMOVED,
              Stage.ASR.label(),
              "Everything that the recogniser wrote was taken for an invention and stands under"
                  + " 'removed'; listen to the recording if it holds speech"));
    }
    return new Recognition(
        recognition.transcript().withSegments(after), removed, recognition.skipped(), warnings);
  }

  /** The filtering of one transcript, pass by pass. */
  private final class Filtering {
    private final Set<String> languages;
    private final AcousticRepeats repeats;
    private final List<RemovedSegment> removed;

    Filtering(Recognition recognition, SpeechOrder order) {
      languages = languages(recognition, order.options());
      repeats = new AcousticRepeats(order.audio());
      removed = new ArrayList<>(recognition.removed());
    }

    /** The segments that stay; the others are added to {@code removed}. */
    List<Segment> pass(List<Segment> segments) throws IOException {
      List<Judged> judged = new ArrayList<>();
      for (Segment segment : segments) {
        judged.add(judge(segment));
      }
      List<Segment> kept = new ArrayList<>();
      for (Judged each : judged) {
        if (isRemoved(each, judged)) {
          removed.add(each.removed());
        } else {
          kept.add(each.segment);
        }
      }
      return options.maxRepetition() < 1 ? withoutEchoes(kept) : kept;
    }

    private List<Segment> withoutEchoes(List<Segment> segments) throws IOException {
      List<Segment> kept = new ArrayList<>();
      for (List<Segment> row : Echoes.rows(segments)) {
        kept.add(row.get(0));
        List<Segment> others = row.subList(1, row.size());
        if (Echoes.isLoop(row) && !repeats.areIn(row.stream().map(Segment::span).toList())) {
          others.forEach(
              each -> removed.add(new Judged(each, RemovalRule.REPETITION, null).removed()));
        } else {
          kept.addAll(others);
        }
      }
      return kept;
    }

    private Judged judge(Segment segment) throws IOException {
      SpokenText text = SpokenText.of(segment.text());
      @Nullable RemovalRule rule = shape(text);
      if (rule == null && isLoop(segment, text)) {
        rule = RemovalRule.REPETITION;
      }
      if (rule == null && InstantWords.areMostOf(segment)) {
        rule = RemovalRule.NO_TIME;
      }
      if (rule != null) {
        return new Judged(segment, rule, null);
      }
      @Nullable String certain = patterns.certain(text, languages).orElse(null);
      if (certain != null) {
        return new Judged(segment, RemovalRule.PATTERN, certain);
      }
      rule = quality(segment);
      if (rule != null) {
        return new Judged(segment, rule, null);
      }
      @Nullable String doubtful = patterns.doubtful(text, languages).orElse(null);
      return new Judged(segment, doubtful == null ? null : RemovalRule.DOUBTFUL_PATTERN, doubtful);
    }

    /** True if too much of the text repeats itself and the recording does not. */
    private boolean isLoop(Segment segment, SpokenText text) throws IOException {
      int units = text.units().size();
      List<Loop> loops = Loops.in(text.units());
      if (Loops.share(loops, units) <= options.maxRepetition()) {
        return false;
      }
      List<Loop> invented = new ArrayList<>();
      for (Loop loop : loops) {
        if (!repeats.areIn(loop.spans(segment, units))) {
          invented.add(loop);
        }
      }
      return Loops.share(invented, units) > options.maxRepetition();
    }
  }

  /** Languages that the text may be in: the spoken one, and English if it was to be translated. */
  private static Set<String> languages(Recognition recognition, RecognitionOptions asked) {
    Set<String> languages = new LinkedHashSet<>();
    recognition.transcript().language().map(Language::code).ifPresent(languages::add);
    if (asked.translate()) {
      languages.add("en");
    }
    return languages;
  }

  /**
   * A segment and what speaks against it.
   *
   * @param rule null = nothing
   * @param pattern null if the rule has none
   */
  private record Judged(Segment segment, @Nullable RemovalRule rule, @Nullable String pattern) {

    boolean isDoubtful() {
      return rule == RemovalRule.DOUBTFUL_PATTERN;
    }

    RemovedSegment removed() {
      return new RemovedSegment(
          segment.span(), segment.text(), requireNonNull(rule, "rule is null"), pattern);
    }
  }

  private @Nullable RemovalRule shape(SpokenText text) {
    if (text.units().isEmpty()) {
      return RemovalRule.BLANK;
    }
    if (text.words() < options.minWords()) {
      return RemovalRule.TOO_FEW_WORDS;
    }
    if (text.words() > options.maxWords()) {
      return RemovalRule.TOO_MANY_WORDS;
    }
    return null;
  }

  private @Nullable RemovalRule quality(Segment segment) {
    if (segment.confidence() < options.minSegmentConfidence()) {
      return RemovalRule.LOW_CONFIDENCE;
    }
    double meanProbability =
        segment.words().stream().mapToDouble(Word::probability).average().orElse(1);
    return meanProbability < options.minWordProbability() ? RemovalRule.LOW_WORD_PROBABILITY : null;
  }

  private boolean isRemoved(Judged each, List<Judged> all) {
    return each.isDoubtful() ? isDoubted(each.segment, all) : each.rule != null;
  }

  private boolean isDoubted(Segment segment, List<Judged> all) {
    @Nullable DecodingScores scores = segment.scores();
    if (scores == null) {
      return false;
    }
    double silence = scores.noSpeechProbability();
    boolean isSilence = silence >= options.doubtfulNoSpeech();
    boolean isGuessed =
        scores.averageLogProbability() <= options.doubtfulLogProbability()
            || (scores.temperature() > 0 && segment.confidence() < LIKELY);
    boolean maybeSilence = silence >= options.doubtfulNoSpeech() / 2;
    return isSilence || isGuessed || (maybeSilence && isAlone(segment, all));
  }

  /** Returns whether every phrase near it is doubtful, too. */
  private static boolean isAlone(Segment segment, List<Judged> all) {
    return all.stream()
        .filter(other -> other.rule == null)
        .noneMatch(other -> isNear(segment.span(), other.segment.span()));
  }

  private static boolean isNear(SampleSpan one, SampleSpan other) {
    long gap = Math.max(one.start(), other.start()) - Math.min(one.end(), other.end());
    return gap < ALONE_SAMPLES;
  }
}
