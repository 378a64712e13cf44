package io.maie.edge.asr;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.testing.ScriptedCheckpoint;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SkippedStretchesTest {
  private final ScriptedCheckpoint checkpoint = new ScriptedCheckpoint();

  @Test
  void aWindowIsLeftOutAfterTwoCrashes() {
    checkpoint.crashedIn("window 1.000-2.000 s");
    assertThat(skipping(windows(3))).isEmpty();

    checkpoint.crashedIn("window 1.000-2.000 s");
    assertThat(skipping(windows(3))).containsExactly(second(1));
  }

  @Test
  void crashesElsewhereCountAgainstOtherWindowsOnly() {
    checkpoint
        .crashedIn("window 0.000-1.000 s")
        .crashedIn("windows within 0.000-3.000 s")
        .crashedIn("window 1.000-2.000 s");

    assertThat(skipping(windows(3))).isEmpty();
    assertThat(SkippedStretches.of(windows(3), checkpoint).isCareful()).isTrue();
  }

  @Test
  void someSpeechIsAlwaysHeard() {
    for (int i = 0; i < 3; i++) {
      crashTwiceIn(i);
    }

    assertThat(skipping(windows(3))).containsExactly(second(0), second(1));
    assertThat(skipping(windows(1))).isEmpty();
  }

  @Test
  void noMoreThanFiveWindowsAreLeftOut() {
    for (int i = 2; i < 7; i++) {
      crashTwiceIn(i);
    }
    assertThat(skipping(windows(20))).hasSize(5).startsWith(second(2)).endsWith(second(6));

    crashTwiceIn(7);
    assertThat(skipping(windows(20))).isEmpty();
  }

  @Test
  void windowsOfAllChannelsCount() {
    for (int i = 0; i < 5; i++) {
      checkpoint.crashedIn("channel-1-window " + i).crashedIn("channel-1-window " + i);
    }
    String step = "channel-2-window 0.000-1.000 s";
    checkpoint.crashedIn(step).crashedIn(step);
    SkippedStretches second = SkippedStretches.of(windows(3), checkpoint.within("channel-2-"));

    assertThat(second.begin(windows(1).get(0))).isTrue();
  }

  @Test
  void theStepIsNamedBeforeTheWindowIsHeardAndForgottenBehindTheLast() {
    SkippedStretches skipped = SkippedStretches.of(windows(2), checkpoint);
    windows(2).forEach(skipped::begin);
    skipped.end();

    assertThat(checkpoint.begun())
        .containsExactly("window 0.000-1.000 s", "window 1.000-2.000 s", "");
  }

  private void crashTwiceIn(int second) {
    String step = "window %d.000-%d.000 s".formatted(second, second + 1);
    checkpoint.crashedIn(step).crashedIn(step);
  }

  private List<SampleSpan> skipping(List<SpeechWindow> windows) {
    SkippedStretches skipped = SkippedStretches.of(windows, checkpoint);
    windows.stream().filter(window -> !skipped.begin(window)).forEach(skipped::add);
    return skipped.list();
  }

  private static List<SpeechWindow> windows(int count) {
    return LongStream.range(0, count)
        .mapToObj(start -> new SpeechWindow(List.of(second(start))))
        .toList();
  }

  private static SampleSpan second(long start) {
    return new SampleSpan(start * Waveform.SAMPLE_RATE, (start + 1) * Waveform.SAMPLE_RATE);
  }
}
