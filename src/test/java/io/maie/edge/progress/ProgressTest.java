package io.maie.edge.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  @Test
  void theFirstPartOfAStageCountsForItsShareAndIsHeardInFull() {
    List<Double> fractions = new ArrayList<>();
    List<PreviewText> texts = new ArrayList<>();
    Progress stage =
        new Progress() {
          @Override
          public void report(double fraction) {
            fractions.add(fraction);
          }

          @Override
          public void preview(PreviewText text) {
            texts.add(text);
          }
        };
    PreviewText text = new PreviewText(1, 2, "Good morning.");

    Progress part = stage.first(0.5);
    part.report(0.5);
    part.preview(text);

    assertThat(fractions).containsExactly(0.25);
    assertThat(texts).containsExactly(text);
  }
}
