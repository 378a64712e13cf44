package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ActivityMergerTest {
  private static final int WINDOW = 589;

  @Test
  void theMajorityOfWindowsDecidesHowManyTalk() {
    LocalActivity activity = silence(160_000 + 300 * FrameGrid.HOP);
    // frame 400 lies in all three windows; two of them hear somebody
    activity.masks()[0][400] = 0b001;
    activity.masks()[1][250] = 0b010;
    // frame 401 is heard by one
    activity.masks()[0][401] = 0b001;

    byte[] counts = ActivityMerger.merge(activity).counts();

    assertThat(counts[400]).isEqualTo((byte) 1);
    assertThat(counts[401]).isEqualTo((byte) 0);
  }

  @Test
  void aChangeOfSpeakerIsCutOnceInItsMiddle() {
    LocalActivity activity = silence(160_000);
    Arrays.fill(activity.masks()[0], 100, 200, (byte) 0b001);
    Arrays.fill(activity.masks()[0], 220, 300, (byte) 0b100);

    assertThat(ActivityMerger.merge(activity).cuts()).containsExactly(220);
  }

  @Test
  void theSameSpeakerAfterAPauseIsNoChange() {
    LocalActivity activity = silence(160_000);
    Arrays.fill(activity.masks()[0], 100, 200, (byte) 0b001);
    Arrays.fill(activity.masks()[0], 260, 300, (byte) 0b001);

    assertThat(ActivityMerger.merge(activity).cuts()).isEmpty();
  }

  @Test
  void aLongRecordingHasNoSeamsBetweenBlocks() {
    LocalActivity activity = silence(12 * 60 * 16_000);
    for (int window = 0; window < activity.windows(); window++) {
      for (int i = 0; i < WINDOW; i++) {
        // two speakers who take turns every 100 frames of the recording
        int turn = (activity.starts()[window] + i) / 100;
        activity.masks()[window][i] = (byte) (turn % 2 == 0 ? 0b001 : 0b010);
      }
    }

    FrameActivity merged = ActivityMerger.merge(activity);

    for (int frame = 0; frame < merged.counts().length; frame++) {
      assertThat(merged.counts()[frame]).isEqualTo((byte) 1);
    }
    assertThat(merged.cuts()).hasSize((merged.counts().length - 1) / 100);
    for (int i = 0; i < merged.cuts().length; i++) {
      assertThat(merged.cuts()[i]).isBetween((i + 1) * 100 - 6, (i + 1) * 100 + 6);
    }
  }

  private static LocalActivity silence(long samples) {
    int[] starts = LocalActivity.starts(samples);
    return new LocalActivity(starts, new byte[starts.length][WINDOW]);
  }
}
