package io.maie.edge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.StageContext;
import io.maie.edge.text.constrain.SchemaConstraint;
import io.maie.edge.text.constrain.TokenConstraint;
import io.maie.edge.text.constrain.TokenVocabulary;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.onnx.OnnxLanguageModel;
import io.maie.edge.text.onnx.OnnxTextOptions;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures what it costs, for each token of an answer, to constrain it by the schemas of the
 * templates: the mask of allowed tokens, and going on after one of them.
 */
final class ConstrainBench {
  private static final int MOST_TOKENS = 800;

  /** Tokens of an answer of a model, and of its prompt. */
  private static final int STEPS = 400;

  private static final int ROOM = 112;

  /** Text is cut like this before a byte pair encoding is trained, in GPT-2 and its successors. */
  private static final Pattern WORDS =
      Pattern.compile(" ?\\p{L}+| ?\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+|\\s+");

  private static final int LONGEST = 16;

  private ConstrainBench() {}

  static void run(int rounds, Path model) throws Exception {
    beside(model, rounds);
    List<String> pieces = pieces();
    for (int size : List.of(32_000, 150_000)) {
      List<byte[]> tokens = tokens(pieces, size);
      long start = System.nanoTime();
      TokenVocabulary vocabulary = TokenVocabulary.of(tokens);
      System.out.printf(
          "%d tokens: the vocabulary is made in %.0f ms%n",
          tokens.size(), (System.nanoTime() - start) / 1e6);
      for (Template template : templates()) {
        report(template, vocabulary, tokens, rounds);
      }
    }
  }

  /** Measures a step of a model without a schema, and with the schema of each template. */
  private static void beside(Path folder, int rounds) throws Exception {
    try (OnnxRuntime onnx =
            new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());
        OnnxLanguageModel model =
            OnnxLanguageModel.open(
                folder,
                "onnx/model.onnx",
                onnx,
                new OnnxLanguageModel.Limits(
                    new OnnxTextOptions(STEPS + ROOM, Duration.ofMinutes(10)), Ticker.system()))) {
      Map<String, double[]> times = new LinkedHashMap<>();
      for (int round = 0; round <= rounds; round++) {
        note(times, "without a schema", perStep(model, null), round);
        for (Template template : templates()) {
          note(times, template.id(), perStep(model, template.schema()), round);
        }
      }
      double free = median(times.remove("without a schema"));
      System.out.printf("%s: %.3f ms per token without a schema%n", folder, free);
      times.forEach(
          (id, all) ->
              System.out.printf(
                  "  %-24s %.3f ms, %+.1f %%%n", id, median(all), 100 * (median(all) / free - 1)));
    }
  }

  /** The first round warms up. */
  private static void note(Map<String, double[]> times, String name, double time, int round) {
    if (round > 0) {
      times.merge(name, new double[] {time}, ConstrainBench::joined);
    }
  }

  private static double median(double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** Milliseconds of processor time for each token of an answer, its prompt included. */
  private static double perStep(OnnxLanguageModel model, @Nullable String schema) throws Exception {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    AtomicInteger steps = new AtomicInteger();
    StageContext context =
        new StageContext(
            share -> steps.incrementAndGet(), Cancellation.disabled(), Checkpoint.disabled());
    Prompt prompt = new Prompt("Sum up.", "The boiler needs a new pump.", STEPS, schema);
    long start = thread.getCurrentThreadCpuTime();
    model.answer(prompt, context);
    return (thread.getCurrentThreadCpuTime() - start) / 1e6 / steps.get();
  }

  private static void report(
      Template template, TokenVocabulary vocabulary, List<byte[]> tokens, int rounds)
      throws Exception {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadCpuTime();
    SchemaConstraint schema = SchemaConstraint.compile(template.schemaTree(), vocabulary);
    double compiled = (thread.getCurrentThreadCpuTime() - before) / 1e6;
    Random random = new Random(1);
    double[] first = new double[0];
    double[] later = new double[0];
    for (int round = 0; round <= rounds; round++) {
      double[] times = answer(schema, tokens, random, thread);
      first = round == 0 ? times : first;
      later = round == 0 ? later : joined(later, times);
    }
    Arrays.sort(first);
    Arrays.sort(later);
    System.out.printf(
        "  %-24s compiled in %4.0f ms; first answer %.3f ms per token (worst %.1f); later %.4f"
            + " ms (median %.4f, 99 of 100 below %.3f, worst %.1f)%n",
        template.id(),
        compiled,
        mean(first),
        first[first.length - 1],
        mean(later),
        later[later.length / 2],
        later[later.length * 99 / 100],
        later[later.length - 1]);
  }

  private static double mean(double[] times) {
    return Arrays.stream(times).average().orElseThrow();
  }

  private static double[] joined(double[] a, double[] b) {
    double[] joined = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, joined, a.length, b.length);
    return joined;
  }

  /**
   * Milliseconds of processor time for each token of an answer. In nine steps of ten a longer token
   * is preferred, as a model prefers words; any other is as likely as the next.
   */
  private static double[] answer(
      SchemaConstraint schema, List<byte[]> tokens, Random random, ThreadMXBean thread) {
    TokenConstraint constraint = schema.start(Math.max(MOST_TOKENS, schema.leastTokens()));
    BitSet allowed = new BitSet(tokens.size());
    List<Double> times = new ArrayList<>();
    while (true) {
      long start = thread.getCurrentThreadCpuTime();
      constraint.allowed(allowed);
      long masked = thread.getCurrentThreadCpuTime();
      if (allowed.isEmpty()) {
        return times.stream().mapToDouble(Double::doubleValue).toArray();
      }
      int token = pick(allowed, tokens, random);
      long picked = thread.getCurrentThreadCpuTime();
      constraint.accept(token);
      times.add((thread.getCurrentThreadCpuTime() - picked + masked - start) / 1e6);
    }
  }

  private static int pick(BitSet allowed, List<byte[]> tokens, Random random) {
    int best = -1;
    int tries = random.nextInt(10) == 0 ? 1 : 3;
    for (int i = 0; i < tries; i++) {
      int token = allowed.nextSetBit(random.nextInt(tokens.size()));
      token = token < 0 ? allowed.nextSetBit(0) : token;
      best = best < 0 || tokens.get(token).length > tokens.get(best).length ? token : best;
    }
    return best;
  }

  /** A vocabulary of the shape of a real one: single bytes, and the commonest parts of words. */
  private static List<byte[]> tokens(List<String> pieces, int size) {
    List<byte[]> tokens = new ArrayList<>();
    for (int octet = 0; octet < 256; octet++) {
      tokens.add(new byte[] {(byte) octet});
    }
    pieces.stream().limit(size - 256L).forEach(piece -> tokens.add(piece.getBytes(UTF_8)));
    return tokens;
  }

  /** Parts of the words in the documents and sources of this repository, the commonest first. */
  private static List<String> pieces() throws IOException {
    Map<String, Integer> words = new HashMap<>();
    for (String folder : List.of("docs", "config", "src", "bench/src")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        for (Path file : files.filter(ConstrainBench::isText).sorted().toList()) {
          Matcher matcher = WORDS.matcher(Files.readString(file));
          while (matcher.find()) {
            words.merge(matcher.group(), 1, Integer::sum);
          }
        }
      }
    }
    Map<String, Integer> counts = new HashMap<>();
    words.forEach((word, count) -> count(word, count, counts));
    Set<String> pieces = new LinkedHashSet<>();
    counts.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<String, Integer> entry) -> -entry.getValue())
                .thenComparing(Map.Entry::getKey))
        .forEach(entry -> pieces.add(entry.getKey()));
    return List.copyOf(pieces);
  }

  private static void count(String word, int count, Map<String, Integer> counts) {
    for (int from = 0; from < word.length(); from++) {
      int end = Math.min(word.length(), from + LONGEST);
      for (int to = from + 2; to <= end; to++) {
        counts.merge(word.substring(from, to), count, Integer::sum);
      }
    }
  }

  private static boolean isText(Path file) {
    String name = file.toString();
    return name.endsWith(".md") || name.endsWith(".java") || name.endsWith(".json");
  }

  private static List<Template> templates() throws IOException {
    return new TemplateFolders(List.of(Path.of("config", "templates")))
        .read().stream()
            .map(CheckedTemplate::template)
            .map(template -> template.orElseThrow())
            .toList();
  }
}
