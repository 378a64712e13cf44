package io.maie.edge.asr.frames;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A back-off n-gram with random numbers, its ARPA file, and the textbook way to ask it. */
final class RandomArpa {
  private static final double LN10 = Math.log(10);

  /** log10 probability and back-off by the n-gram's words. */
  private final Map<List<String>, double[]> ngrams = new LinkedHashMap<>();

  private final int order;

  RandomArpa(Random random, int order, List<String> vocabulary) {
    this.order = order;
    List<List<String>> longest = new ArrayList<>();
    longest.add(List.of());
    for (int length = 1; length <= order; length++) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> history : longest) {
        for (String word : vocabulary) {
          boolean possible = !word.equals("<s>") || history.isEmpty();
          boolean goesOn = history.isEmpty() || !history.get(history.size() - 1).equals("</s>");
          if (possible && goesOn && (length == 1 || random.nextInt(3) > 0)) {
            List<String> ngram = new ArrayList<>(history);
            ngram.add(word);
            double backoff = length < order && random.nextInt(4) > 0 ? -random.nextDouble() : 0;
            ngrams.put(ngram, new double[] {-3 * random.nextDouble(), backoff});
            longer.add(ngram);
          }
        }
      }
      longest = longer;
    }
  }

  Path write(Path file) throws IOException {
    StringBuilder text = new StringBuilder("some words about it\n\n\\data\\\n");
    for (int length = 1; length <= order; length++) {
      int n = length;
      long count = ngrams.keySet().stream().filter(ngram -> ngram.size() == n).count();
      text.append("ngram ").append(n).append('=').append(count).append('\n');
    }
    for (int length = 1; length <= order; length++) {
      text.append("\n\\").append(length).append("-grams:\n");
      for (Map.Entry<List<String>, double[]> ngram : ngrams.entrySet()) {
        if (ngram.getKey().size() == length) {
          text.append(ngram.getValue()[0]).append('\t').append(String.join(" ", ngram.getKey()));
          text.append(ngram.getValue()[1] == 0 ? "" : "\t" + ngram.getValue()[1]).append('\n');
        }
      }
    }
    return Files.writeString(file, text.append("\n\\end\\\n"));
  }

  /** ln P(word | history), where {@code history} begins with {@code <s>}. */
  double score(List<String> history, String word) {
    List<String> context = history.subList(Math.max(0, history.size() - order + 1), history.size());
    double sum = 0;
    while (true) {
      double @Nullable [] found = ngrams.get(append(context, word));
      if (found != null) {
        return (sum + found[0]) * LN10;
      }
      if (context.isEmpty()) {
        return word.equals("<unk>") ? -23 : sum * LN10 + score(List.of(), "<unk>");
      }
      double @Nullable [] backoff = ngrams.get(context);
      sum += backoff == null ? 0 : backoff[1];
      context = context.subList(1, context.size());
    }
  }

  /** ln P of a whole sentence, its end included. */
  double score(List<String> sentence) {
    List<String> history = new ArrayList<>(List.of("<s>"));
    double sum = 0;
    for (String word : sentence) {
      sum += score(history, word);
      history.add(word);
    }
    return sum + score(history, "</s>");
  }

  private static List<String> append(List<String> history, String word) {
    List<String> ngram = new ArrayList<>(history);
    ngram.add(word);
    return ngram;
  }
}
