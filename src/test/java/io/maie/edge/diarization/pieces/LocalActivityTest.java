package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LocalActivityTest {
  @Test
  void aRecordingUpToTenSecondsIsOneWindow() {
    assertThat(LocalActivity.starts(800)).containsExactly(0);
    assertThat(LocalActivity.starts(160_000)).containsExactly(0);
  }

  @Test
  void oneSampleMoreAddsAWindowThatReachesTheEnd() {
    assertThat(LocalActivity.starts(160_001)).containsExactly(0, 1);
  }

  @Test
  void theLastWindowReachesTheEndAndLessThanOneHopBeyond() {
    for (long samples : new long[] {200_500, 480_000, 1_000_001, 57_600_000}) {
      int[] starts = LocalActivity.starts(samples);
      long end = (long) starts[starts.length - 1] * FrameGrid.HOP + LocalActivity.WINDOW;

      assertThat(end).isBetween(samples, samples + FrameGrid.HOP - 1);
      for (int i = 1; i < starts.length; i++) {
        assertThat(starts[i] - starts[i - 1]).isBetween(1, LocalActivity.STEP);
      }
    }
  }

  @Test
  void theFirstWindowAtAFrameIsTheFirstThatReachesBeyondIt() {
    int[] starts = LocalActivity.starts(2_000_000);
    LocalActivity activity = new LocalActivity(starts, new byte[starts.length][589]);
    for (int frame = 0; frame < activity.frames(); frame += 97) {
      int first = activity.firstWindowAt(frame);

      assertThat(starts[first] + 589).isGreaterThan(frame);
      assertThat(first == 0 || starts[first - 1] + 589 <= frame).isTrue();
    }
  }
}
