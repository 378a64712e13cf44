package io.maie.edge.asr.frames;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NgramModelTest {
  /** Scores are 32-bit floats of magnitude 30. */
  private static final double TOLERANCE = 1e-4;

  private static final List<String> VOCABULARY = List.of("<unk>", "<s>", "</s>", "a", "b", "c");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void everySentenceScoresAsTheTextbookSays(int order) throws Exception {
    RandomArpa arpa = new RandomArpa(new Random(order), order, VOCABULARY);
    WordTable table = new WordTable();
    NgramModel model = ArpaReader.read(arpa.write(folder.resolve("lm.arpa")), table);
    byte[] unheardOf = "strange".getBytes(UTF_8);
    int strange = table.add(ByteBuffer.wrap(unheardOf));
    assertThat(strange).isEqualTo(VOCABULARY.size());

    for (List<String> sentence : sentences(List.of("a", "b", "c", "strange"), 5)) {
      assertThat(score(model, table, sentence))
          .as("%s", sentence)
          .isCloseTo(arpa.score(sentence), within(TOLERANCE));
    }
  }

  @Test
  void aCompressedFileReadsLikeAPlainOne() throws Exception {
    RandomArpa arpa = new RandomArpa(new Random(7), 3, VOCABULARY);
    Path plain = arpa.write(folder.resolve("lm.arpa"));
    Path compressed = folder.resolve("lm.arpa.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
      Files.copy(plain, out);
    }

    assertThat(scores(compressed)).isEqualTo(scores(plain));
  }

  @Test
  void moreNgramsThanDeclaredAreRead() throws Exception {
    Path file = new RandomArpa(new Random(8), 3, VOCABULARY).write(folder.resolve("lm.arpa"));
    String declaredOne = Files.readString(file).replaceAll("ngram (\\d)=\\d+", "ngram $1=1");
    List<Double> scores = scores(file);

    Files.writeString(file, declaredOne);

    assertThat(scores(file)).isEqualTo(scores);
  }

  @Test
  void aNegativeCountIsTheModelsFault() throws Exception {
    Path file = Files.writeString(folder.resolve("lm.arpa"), "\\data\\\nngram 1=-5\n\\1-grams:\n");

    assertThatThrownBy(() -> ArpaReader.read(file, new WordTable()))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("line 2");
  }

  @Test
  void aCountThatTheFileCannotHoldTakesNoMemory() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("lm.arpa"),
            "\\data\\\nngram 1=49000000\n\n\\1-grams:\n-1\ta\n\n\\end\\\n");
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    ArpaReader.read(file, new WordTable());

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(50_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1.25", "-99", "0", "-1.25e+0", "-0.12345678901234567890", "+1", "-3 "})
  void numbersAreReadInEveryNotation(String number) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("lm.arpa"),
            "\\data\\\nngram 1=1\n\\1-grams:\n-1\ta\t" + number + "\n\\end\\\n");
    WordTable table = new WordTable();
    String swapped = Files.readString(file).replace("-1\ta\t" + number, number.strip() + "\ta");

    NgramModel model =
        ArpaReader.read(Files.writeString(folder.resolve("swapped"), swapped), table);
    float read = LanguageModel.logProbability(model.score(model.start(), table.find("a")));

    assertThat((double) read)
        .isCloseTo(Double.parseDouble(number) * Math.log(10), within(TOLERANCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\\data\\\nngram 1=1\n",
        "\\data\\\nngram 1=1\n\\1-grams:\n-1 a\n",
        "\\data\\\nngram 1=1\n\\1-grams:\nx a\n\\end\\\n",
        "\\data\\\nngram 1=1\n\\1-grams:\n- a\n\\end\\\n",
        "\\data\\\nngram 1=1\n\\1-grams:\n-1\n\\end\\\n",
        "\\data\\\nngram 6=1\n\\1-grams:\n-1 a\n\\end\\\n",
        "\\data\\\nngram 1=1\nngram 2=1\n\\1-grams:\n-1 a\n\\2-grams:\n-1 a b\n\\end\\\n",
        "\\data\\\nngram 1=1\nngram 2=1\n\\1-grams:\n-1 a\n\\end\\\n",
      })
  void aBrokenFileIsRefusedWithItsLine(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("lm.arpa"), text);

    assertThatThrownBy(() -> ArpaReader.read(file, new WordTable()))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("line ")
        .hasMessageContaining("lm.arpa");
  }

  private static List<Double> scores(Path file) throws Exception {
    WordTable table = new WordTable();
    NgramModel model = ArpaReader.read(file, table);
    return sentences(VOCABULARY, 3).stream()
        .map(sentence -> score(model, table, sentence))
        .toList();
  }

  private static double score(NgramModel model, WordTable table, List<String> sentence) {
    int state = model.start();
    double sum = 0;
    for (String word : sentence) {
      long scored = model.score(state, table.find(word));
      sum += LanguageModel.logProbability(scored);
      state = LanguageModel.state(scored);
    }
    return sum + model.end(state);
  }

  private static List<List<String>> sentences(List<String> words, int length) {
    List<List<String>> all = new ArrayList<>(List.of(List.of()));
    for (int from = 0, i = 0; i < length; i++) {
      int to = all.size();
      for (; from < to; from++) {
        for (String word : words) {
          List<String> longer = new ArrayList<>(all.get(from));
          longer.add(word);
          all.add(longer);
        }
      }
    }
    return all;
  }
}
