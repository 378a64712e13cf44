package io.maie.edge.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FeatureMatrixTest {

  @Test
  void stackedFramesRepeatTheFirstAndTheLast() {
    FeatureMatrix features = new FeatureMatrix(new float[] {1, 2, 3, 4, 5}, 5, 1);

    FeatureMatrix stacked = features.stacked(3, 2);

    assertThat(stacked.frames()).isEqualTo(3);
    assertThat(stacked.values()).containsExactly(1, 1, 2, 2, 3, 4, 4, 5, 5);
  }

  @Test
  void oneFrameIsStackedOnItself() {
    assertThat(new FeatureMatrix(new float[] {7, 8}, 1, 2).stacked(3, 6).values())
        .containsExactly(7, 8, 7, 8, 7, 8);
    assertThat(new FeatureMatrix(new float[0], 0, 2).stacked(7, 6).frames()).isZero();
  }

  @Test
  void framesThatDoNotCountBecomeZerosAndDoNotShiftTheOthers() {
    FeatureMatrix counted = new FeatureMatrix(new float[] {1, 3, 100}, 3, 1);
    FeatureMatrix alone = new FeatureMatrix(new float[] {1, 3}, 2, 1);

    counted.normalizeBands(2);
    alone.normalizeBands();

    assertThat(counted.values()).containsExactly(alone.at(0, 0), alone.at(1, 0), 0);
  }

  @Test
  void offsetsAreAddedBeforeFactorsMultiply() {
    FeatureMatrix features = new FeatureMatrix(new float[] {1, 2, 3, 4}, 2, 2);

    features.shiftAndScale(new float[] {1, -2}, new float[] {2, 10});

    assertThat(features.values()).containsExactly(4, 0, 8, 20);
  }
}
