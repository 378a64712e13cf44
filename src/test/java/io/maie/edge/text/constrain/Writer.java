package io.maie.edge.text.constrain;

import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Models that know nothing: each picks a token among those that are allowed, or ends. */
enum Writer {
  /** Every token is as likely as any other. */
  UNIFORM {
    @Override
    int pick(BitSet allowed, List<byte[]> vocabulary, Random random) {
      return nth(allowed, random.nextInt(allowed.cardinality()));
    }
  },

  /** The longest token, so that every limit is reached. */
  LONGEST {
    @Override
    int pick(BitSet allowed, List<byte[]> vocabulary, Random random) {
      return allowed.stream()
          .reduce((a, b) -> vocabulary.get(b).length > vocabulary.get(a).length ? b : a)
          .orElseThrow();
    }
  },

  /** A token that ends with a quote where there is one, so that texts are as short as may be. */
  QUOTES {
    @Override
    int pick(BitSet allowed, List<byte[]> vocabulary, Random random) {
      int[] quotes =
          allowed.stream()
              .filter(token -> vocabulary.get(token)[vocabulary.get(token).length - 1] == '"')
              .toArray();
      return quotes.length == 0
          ? UNIFORM.pick(allowed, vocabulary, random)
          : quotes[random.nextInt(quotes.length)];
    }
  },

  /** Letters and backslashes wherever they may stand, and brackets that open. */
  ENDLESS {
    @Override
    int pick(BitSet allowed, List<byte[]> vocabulary, Random random) {
      int[] endless =
          allowed.stream()
              .filter(
                  token -> {
                    byte last = vocabulary.get(token)[vocabulary.get(token).length - 1];
                    return last == '\\' || last == '{' || last == '[' || last == ',' || last < 0;
                  })
              .toArray();
      return endless.length == 0
          ? UNIFORM.pick(allowed, vocabulary, random)
          : endless[random.nextInt(endless.length)];
    }
  },

  /** The likeliest by logits that are drawn anew for each step. */
  LOGITS {
    @Override
    int pick(BitSet allowed, List<byte[]> vocabulary, Random random) {
      int best = -1;
      double most = Double.NEGATIVE_INFINITY;
      for (int token = allowed.nextSetBit(0); token >= 0; token = allowed.nextSetBit(token + 1)) {
        double logit = random.nextGaussian() + 0.2 * vocabulary.get(token).length;
        if (logit > most) {
          most = logit;
          best = token;
        }
      }
      return best;
    }
  };

  /** The id of one of the tokens. */
  abstract int pick(BitSet allowed, List<byte[]> vocabulary, Random random);

  private static int nth(BitSet tokens, int n) {
    int token = tokens.nextSetBit(0);
    for (int i = 0; i < n; i++) {
      token = tokens.nextSetBit(token + 1);
    }
    return token;
  }
}
