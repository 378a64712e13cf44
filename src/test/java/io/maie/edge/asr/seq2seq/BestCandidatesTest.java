package io.maie.edge.asr.seq2seq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BestCandidatesTest {
  private static final int VOCABULARY = 3000;

  @Test
  void areThoseThatSortingAllWouldPutFirst() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      BestCandidates best = new BestCandidates(10);
      List<Candidate> all = new ArrayList<>();
      for (int row = 0; row < 5; row++) {
        float score = random.nextInt(0, 4) * -0.5f;
        float total = random.nextInt(1, 4);
        float[] logits = logits(random);

        best.offer(row, score, Scores.of(logits), total);

        for (int token = 0; token < VOCABULARY; token++) {
          float logProbability = logits[token] - total;
          all.add(new Candidate(row, token, logProbability, score + logProbability));
        }
      }
      // a stable sort: of equals, those that came first
      all.sort(Comparator.comparing(Candidate::score).reversed());
      assertThat(best.ranked()).as("seed %d", seed).isEqualTo(all.subList(0, 10));
    }
  }

  @Test
  void forbiddenTokensAreNoCandidates() {
    float[] logits = new float[20];
    Arrays.fill(logits, Float.NEGATIVE_INFINITY);
    logits[3] = 1;
    logits[19] = 2;
    BestCandidates best = new BestCandidates(10);
    best.offer(0, 0, Scores.of(logits), 0);
    assertThat(best.ranked()).extracting(Candidate::token).containsExactly(19, 3);
  }

  /** Coarse, so that many are equal. */
  private static float[] logits(SplittableRandom random) {
    float[] logits = new float[VOCABULARY];
    for (int i = 0; i < VOCABULARY; i++) {
      logits[i] = random.nextInt(-400, 40) / 8f;
    }
    return logits;
  }
}
