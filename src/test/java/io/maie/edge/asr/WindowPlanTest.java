package io.maie.edge.asr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WindowPlanTest {
  /** No word reaches over a cut, and each stays on its side of it. */
  @Test
  void noWordReachesOverAPauseThatWasCutOut() {
    Random random = new Random(25);
    for (int round = 0; round < 2_000; round++) {
      SpeechWindow window = randomWindow(random);
      int start = random.nextInt((int) window.length());
      int end = start + 1 + random.nextInt((int) window.length() - start);
      SampleSpan word = window.withinPiece(new SampleSpan(start, end));

      SampleSpan holder =
          window.pieces().stream()
              .filter(p -> p.start() <= word.start() && word.end() <= p.end())
              .findFirst()
              .orElseThrow();
      SampleSpan whole = window.toRecording(new SampleSpan(start, end));
      long most =
          window.pieces().stream()
              .mapToLong(p -> Math.min(p.end(), whole.end()) - Math.max(p.start(), whole.start()))
              .max()
              .orElseThrow();
      assertThat(word.length()).isEqualTo(most);
      assertThat(window.isCutBetween(word, word)).isFalse();
      if (holder.end() < window.span().end()) {
        SampleSpan later = new SampleSpan(window.span().end() - 1, window.span().end());
        assertThat(window.isCutBetween(word, later)).isTrue();
      }
    }
  }

  private static SpeechWindow randomWindow(Random random) {
    List<SampleSpan> pieces = new ArrayList<>();
    long end = random.nextInt(100);
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      long start = end + 1 + random.nextInt(50);
      end = start + 1 + random.nextInt(60);
      pieces.add(new SampleSpan(start, end));
    }
    return new SpeechWindow(pieces);
  }

  private static final WindowRules RULES = new WindowRules(100, 10);

  @Test
  void noSpeechNeedsNoWindow() throws Exception {
    assertThat(plan(List.of())).isEmpty();
  }

  @Test
  void regionsThatFitShareAWindowAndLongPausesAreShortened() throws Exception {
    List<SpeechWindow> windows = plan(List.of(region(0, 40), region(100, 140)));

    assertThat(windows).hasSize(1);
    assertThat(windows.get(0).pieces())
        .containsExactly(new SampleSpan(0, 45), new SampleSpan(95, 140));
  }

  @Test
  void aShortPauseIsKeptWhole() throws Exception {
    List<SpeechWindow> windows = plan(List.of(region(0, 40), region(48, 60)));

    assertThat(windows.get(0).pieces()).containsExactly(new SampleSpan(0, 60));
  }

  @Test
  void aRegionThatDoesNotFitOpensTheNextWindow() throws Exception {
    List<SpeechWindow> windows = plan(List.of(region(0, 60), region(70, 110)));

    assertThat(windows)
        .extracting(SpeechWindow::span)
        .containsExactly(new SampleSpan(0, 60), new SampleSpan(70, 110));
  }

  @Test
  void aLongRegionIsCutWhereItIsQuietest() throws Exception {
    float[] samples = new float[40_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i >= 14_000 && i < 17_000 ? 0.001f : 0.5f;
    }

    List<SpeechWindow> windows =
        new WindowPlan(
                new WindowRules(26_000, 0), QuietPoint.of(SampleSource.of(Waveform.of(samples))))
            .windows(List.of(region(0, 40_000)));

    assertThat(windows).hasSize(2);
    assertThat(windows.get(0).span().end()).isBetween(14_500L, 16_500L);
    assertThat(windows.get(1).span().start()).isEqualTo(windows.get(0).span().end());
  }

  @Test
  void timesAcrossAJointIncludeWhatWasCutOut() throws Exception {
    SpeechWindow window = new SpeechWindow(List.of(new SampleSpan(10, 20), new SampleSpan(50, 60)));

    assertThat(window.toRecording(new SampleSpan(0, 10))).isEqualTo(new SampleSpan(10, 20));
    assertThat(window.toRecording(new SampleSpan(10, 20))).isEqualTo(new SampleSpan(50, 60));
    assertThat(window.toRecording(new SampleSpan(9, 11))).isEqualTo(new SampleSpan(19, 51));
    assertThatThrownBy(() -> window.toRecording(new SampleSpan(5, 21)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void everySampleOfSpeechIsHeardOnceAndFoundAgain(long seed) throws Exception {
    Random random = new Random(seed);
    List<SpeechRegion> regions = randomRegions(random);
    int length = (int) regions.get(regions.size() - 1).span().end() + 50;
    SampleSource audio = SampleSource.of(indices(length));

    List<SpeechWindow> windows =
        new WindowPlan(RULES, span -> span.start() + 1 + random.nextInt((int) span.length() - 1))
            .windows(regions);

    int[] heard = new int[length];
    for (SpeechWindow window : windows) {
      assertThat(window.length()).isBetween(1L, RULES.maxWindowSamples());
      float[] samples = window.read(audio).samples();
      assertThat(samples).hasSize((int) window.length());
      for (int i = 0; i < samples.length; i++) {
        SampleSpan there = window.toRecording(new SampleSpan(i, i + 1));
        assertThat(there).isEqualTo(new SampleSpan((long) samples[i], (long) samples[i] + 1));
        heard[(int) samples[i]]++;
      }
    }
    for (SpeechRegion region : regions) {
      for (long i = region.span().start(); i < region.span().end(); i++) {
        assertThat(heard[(int) i]).as("sample %d", i).isEqualTo(1);
      }
    }
  }

  private static List<SpeechWindow> plan(List<SpeechRegion> regions) throws Exception {
    SampleSource silence = SampleSource.of(Waveform.of(new float[1000]));
    return WindowPlan.of(
        new SpeechOrder(
            silence,
            SpeechRegions.found(regions),
            RecognitionOptions.DEFAULTS,
            StageContext.disabled()),
        RULES);
  }

  private static List<SpeechRegion> randomRegions(Random random) {
    List<SpeechRegion> regions = new ArrayList<>();
    long at = 20;
    for (int i = 0; i < 30; i++) {
      at += random.nextInt(40);
      long end = at + 1 + random.nextInt(random.nextInt(5) == 0 ? 400 : 60);
      regions.add(region(at, end));
      at = end;
    }
    return regions;
  }

  private static SpeechRegion region(long start, long end) {
    return new SpeechRegion(new SampleSpan(start, end));
  }

  private static Waveform indices(int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = i;
    }
    return Waveform.of(samples);
  }
}
