package io.maie.edge.asr.whisper;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.seq2seq.ScoredToken;
import io.maie.edge.audio.Waveform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Decoders whose timestamps drift, repeat, jump and lie. */
final class ChunkReadingTest {
  private static final int FIRST_TIME = TimedTokens.FIRST_TIME;
  private static final int FRAMES = 3_000;
  private static final int FRAMES_PER_STEP = 2;
  private static final WhisperTokens IDS = TimedTokens.IDS;

  @Test
  void segmentsLieWhereTheirWordsLie() {
    TimestampSplit cut = cut(stamp(4.3), 1, 2, stamp(8.4));
    ChunkReading reading = byWords(cut, ChunkEnd.PACKED, words(5.9, 6.5, 6.5, 8.7));
    assertThat(reading.pieces()).hasSize(1);
    assertThat(reading.pieces().get(0).start()).isEqualTo(samples(5.9));
    assertThat(reading.pieces().get(0).end()).isEqualTo(samples(8.7));
  }

  @Test
  void theNextChunkBeginsBehindTheLastWordIfATimestampLies() {
    TimestampSplit late = cut(stamp(0), 1, stamp(29.2), stamp(29.2), 2);
    assertThat(byWords(late, ChunkEnd.OPEN, words(27, 28)).advance()).isEqualTo(2_800);
    TimestampSplit early = cut(stamp(0), 1, stamp(10), stamp(10), 2);
    assertThat(byWords(early, ChunkEnd.OPEN, words(15, 16)).advance()).isEqualTo(1_600);
  }

  @Test
  void aTimestampInThePauseBehindTheLastWordIsKept() {
    TimestampSplit cut = cut(stamp(0), 1, stamp(28.4), stamp(28.4), 2);
    assertThat(byWords(cut, ChunkEnd.OPEN, words(27, 28)).advance()).isEqualTo(2_840);
  }

  @Test
  void textBehindTheLastPairIsKeptWhereNothingFollows() {
    TimestampSplit cut = cut(stamp(0), 1, stamp(5), stamp(5), 2, 3);
    ChunkReading reading = byWords(cut, ChunkEnd.PACKED, words(0, 5), words(5, 9, 9, 12));
    assertThat(reading.pieces()).hasSize(2);
    assertThat(reading.advance()).isEqualTo(FRAMES);
    assertThat(byWords(cut, ChunkEnd.OPEN, words(0, 5)).pieces()).hasSize(1);
  }

  @Test
  void aSingleTimestampEndsAChunkOnlyIfWhatFollowsIsQuiet() {
    TimestampSplit cut = cut(stamp(0), 1, stamp(20));
    float[] quiet = new float[30 * Waveform.SAMPLE_RATE];
    float[] loud = quiet.clone();
    Arrays.fill(quiet, 0, 20 * Waveform.SAMPLE_RATE, 0.1f);
    Arrays.fill(loud, 0.1f);
    List<List<WordTimes.TimedWord>> words = List.of(words(0, 20));
    assertThat(ChunkReading.byWords(cut, words, sound(quiet, ChunkEnd.OPEN)).advance())
        .isEqualTo(FRAMES);
    assertThat(ChunkReading.byWords(cut, words, sound(loud, ChunkEnd.OPEN)).advance())
        .isEqualTo(2_000);
  }

  @Test
  void aTimestampThatDisagreesWithTheSpeechEndsNothing() {
    TimestampSplit cut = cut(stamp(0), 1, stamp(20));
    float[] samples = new float[30 * Waveform.SAMPLE_RATE];
    ChunkReading.ChunkSound pauseAt20 =
        new ChunkReading.ChunkSound(samples, ChunkEnd.PACKED, List.of(2_010, 3_000));
    ChunkReading.ChunkSound noPause =
        new ChunkReading.ChunkSound(samples, ChunkEnd.PACKED, List.of(3_000));
    assertThat(ChunkReading.byTimestamps(cut, pauseAt20).pieces().get(0).end())
        .isEqualTo(samples(20));
    assertThat(ChunkReading.byTimestamps(cut, noPause).pieces().get(0).end())
        .isEqualTo(samples(30));
  }

  @ParameterizedTest
  @EnumSource(ChunkEnd.class)
  void lyingTimestampsNeitherLoseNorDoubleTextNorTurnTimeBack(ChunkEnd end) {
    SplittableRandom random = new SplittableRandom(16);
    for (int i = 0; i < 2_000; i++) {
      TimestampSplit cut = TimestampSplit.of(tokens(random), IDS, FRAMES, FRAMES_PER_STEP);
      List<TimestampSplit.Piece> pieces = end.isComplete() ? cut.all(FRAMES) : cut.pieces();
      ChunkReading.ChunkSound sound = sound(noise(random), end);
      ChunkReading reading = ChunkReading.byWords(cut, words(pieces, random), sound);
      check(reading);
      // what has words is said now, or begins behind the place to go on from
      long kept = reading.pieces().stream().mapToLong(each -> each.words().size()).sum();
      long timed = pieces.stream().mapToLong(each -> IDS.text(each.tokens()).size()).sum();
      assertThat(kept).as("words of %s", cut).isEqualTo(timed);
      check(ChunkReading.byTimestamps(cut, sound));
    }
  }

  private static void check(ChunkReading reading) {
    assertThat(reading.advance()).isBetween(1, FRAMES);
    long before = 0;
    for (ChunkReading.Piece piece : reading.pieces()) {
      assertThat(piece.start()).isGreaterThanOrEqualTo(before);
      assertThat(piece.end()).isGreaterThanOrEqualTo(piece.start());
      assertThat(piece.end()).isLessThanOrEqualTo((long) FRAMES * WhisperShape.HOP);
      before = piece.end();
    }
  }

  /** Text and timestamps in any order; a chunk always begins with a timestamp. */
  private static List<ScoredToken> tokens(SplittableRandom random) {
    List<ScoredToken> tokens = new ArrayList<>();
    tokens.add(token(FIRST_TIME + random.nextInt(50)));
    int size = random.nextInt(1, 30);
    for (int i = 0; i < size; i++) {
      boolean isTime = random.nextInt(3) == 0;
      tokens.add(token(isTime ? FIRST_TIME + random.nextInt(1_501) : random.nextInt(40)));
    }
    return tokens;
  }

  /** Words at times that ascend, whatever the timestamps say; every one takes time. */
  private static List<List<WordTimes.TimedWord>> words(
      List<TimestampSplit.Piece> pieces, SplittableRandom random) {
    List<List<WordTimes.TimedWord>> all = new ArrayList<>();
    long at = 0;
    for (TimestampSplit.Piece piece : pieces) {
      List<WordTimes.TimedWord> words = new ArrayList<>();
      for (int i = 0; i < IDS.text(piece.tokens()).size(); i++) {
        long start = at + random.nextInt(2_000);
        at = start + 1 + random.nextInt(8_000);
        words.add(new WordTimes.TimedWord("word", start, at, 1));
      }
      all.add(words);
    }
    return all;
  }

  private static float[] noise(SplittableRandom random) {
    float[] samples = new float[FRAMES * WhisperShape.HOP];
    float level = (float) random.nextDouble();
    for (int i = 0; i < samples.length; i += 7) {
      samples[i] = level;
    }
    return samples;
  }

  private static ChunkReading byWords(TimestampSplit cut, ChunkEnd end, List<?>... words) {
    List<List<WordTimes.TimedWord>> all = new ArrayList<>();
    for (List<?> each : words) {
      all.add(each.stream().map(WordTimes.TimedWord.class::cast).toList());
    }
    return ChunkReading.byWords(cut, all, sound(new float[FRAMES * WhisperShape.HOP], end));
  }

  private static ChunkReading.ChunkSound sound(float[] samples, ChunkEnd end) {
    return new ChunkReading.ChunkSound(samples, end, List.of());
  }

  /** Starts and ends in seconds. */
  private static List<WordTimes.TimedWord> words(double... times) {
    List<WordTimes.TimedWord> words = new ArrayList<>();
    for (int i = 0; i < times.length; i += 2) {
      words.add(new WordTimes.TimedWord("word", samples(times[i]), samples(times[i + 1]), 1));
    }
    return words;
  }

  private static TimestampSplit cut(int... ids) {
    List<ScoredToken> tokens = new ArrayList<>();
    for (int id : ids) {
      tokens.add(token(id));
    }
    return TimestampSplit.of(tokens, IDS, FRAMES, FRAMES_PER_STEP);
  }

  private static ScoredToken token(int id) {
    return new ScoredToken(id, -0.1f);
  }

  private static int stamp(double seconds) {
    return FIRST_TIME + (int) Math.round(seconds * 50);
  }

  private static long samples(double seconds) {
    return Math.round(seconds * Waveform.SAMPLE_RATE);
  }
}
