package io.maie.edge.asr.frames;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads n-grams from ARPA files, plain or gzip; log10 on disk, natural logarithms in memory. */
final class ArpaReader {
  /** The longest n-grams that are read. */
  static final int MAX_ORDER = 5;

  private static final double LN10 = Math.log(10);

  /** A back-off model this large would not fit a small device anyway. */
  private static final int MAX_NGRAMS = 50_000_000;

  /** Numbers of up to this many characters are exact in a long and a double. */
  private static final int MAX_PLAIN_DIGITS = 16;

  private final ByteLines lines;
  private final WordTable table;

  /** Counts of n-grams that the header declares, by length. */
  private final int[] declared = new int[MAX_ORDER + 1];

  /** The words of the current n-gram, and of the one before: neighbours share their history. */
  private final int[] words = new int[MAX_ORDER];

  private final int[] historyWords = new int[MAX_ORDER];
  private int historyEntry;
  private int historyLength = -1;

  private ArpaReader(ByteLines lines, WordTable table) {
    this.lines = lines;
    this.table = table;
  }

  /**
   * Reads a model and adds its words to {@code table}.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}, with the number of the line
   */
  static NgramModel read(Path file, WordTable table) throws ProcessingException, IOException {
    try (ByteLines lines = ByteLines.open(file)) {
      return new ArpaReader(lines, table).read();
    }
  }

  private NgramModel read() throws ProcessingException, IOException {
    int order = readHeader();
    long total = 0;
    for (int count : declared) {
      total += count;
    }
    if (order == 0 || total > MAX_NGRAMS) {
      throw wrong("1 to %d n-grams of up to %d words".formatted(MAX_NGRAMS, MAX_ORDER));
    }
    // even packed, an n-gram takes a byte; a header may promise more than there is
    int expected = (int) Math.min(total, Files.size(lines.file()));
    NgramModel.Builder builder = new NgramModel.Builder(table, expected);
    for (int length = 1; length <= order; length++) {
      if (!lines.text().equals("\\" + length + "-grams:")) {
        throw wrong("\\" + length + "-grams:");
      }
      readSection(builder, length);
    }
    if (!lines.text().equals("\\end\\")) {
      throw wrong("\\end\\");
    }
    return builder.build();
  }

  /** Reads up to the first section; returns the order. */
  private int readHeader() throws ProcessingException, IOException {
    int order = 0;
    while (lines.next()) {
      String line = lines.text();
      if (line.startsWith("ngram ")) {
        order = Math.max(order, declare(line));
      } else if (line.endsWith("-grams:")) {
        return order;
      }
    }
    throw wrong("a section \\1-grams:");
  }

  private int declare(String line) throws ProcessingException {
    String[] parts = line.substring("ngram ".length()).split("=", -1);
    try {
      int length = Integer.parseInt(parts[0].strip());
      declared[length] = Integer.parseInt(parts[1].strip());
      if (declared[length] >= 0) {
        return length;
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      // said below
    }
    throw wrong("'ngram N=COUNT' with N of 1 to " + MAX_ORDER);
  }

  /** Reads n-grams up to the next line that begins with a backslash. */
  private void readSection(NgramModel.Builder builder, int length)
      throws ProcessingException, IOException {
    historyLength = -1;
    while (lines.next()) {
      if (lines.isEmpty()) {
        continue;
      }
      if (lines.startsWith('\\')) {
        return;
      }
      readNgram(builder, length);
    }
    throw wrong("\\end\\");
  }

  private void readNgram(NgramModel.Builder builder, int length) throws ProcessingException {
    float logProbability = number(lines.field());
    for (int i = 0; i < length; i++) {
      ByteBuffer word = lines.field();
      if (!word.hasRemaining()) {
        throw wrong(length + " words");
      }
      words[i] = length == 1 ? table.add(word) : table.find(word);
      if (words[i] < 0) {
        throw wrong("words that are listed as 1-grams");
      }
    }
    float backoff = lines.hasMore() ? number(lines.rest()) : 0;
    builder.add(length, history(builder, length - 1), words[length - 1], logProbability, backoff);
  }

  private int history(NgramModel.Builder builder, int length) throws ProcessingException {
    boolean known = historyLength == length;
    for (int i = 0; known && i < length; i++) {
      known = words[i] == historyWords[i];
    }
    if (!known) {
      int entry = 0;
      for (int i = 0; i < length; i++) {
        historyWords[i] = words[i];
        entry = builder.find(entry, words[i]);
        if (entry < 0) {
          throw wrong("an n-gram whose first %d words are an n-gram, too".formatted(length));
        }
      }
      historyEntry = entry;
      historyLength = length;
    }
    return historyEntry;
  }

  /** Parses a log10 and returns the natural logarithm. */
  private float number(ByteBuffer field) throws ProcessingException {
    byte[] bytes = field.array();
    int from = field.arrayOffset() + field.position();
    int to = field.arrayOffset() + field.limit();
    boolean negative = from < to && bytes[from] == '-';
    if (to - from <= (negative ? 1 : 0)) {
      throw wrong("a number");
    }
    long digits = 0;
    double scale = 1;
    boolean fraction = false;
    for (int i = negative ? from + 1 : from; i < to; i++) {
      if (bytes[i] == '.' && !fraction) {
        fraction = true;
      } else if (bytes[i] >= '0' && bytes[i] <= '9' && to - from <= MAX_PLAIN_DIGITS) {
        digits = digits * 10 + bytes[i] - '0';
        scale = fraction ? scale * 10 : scale;
      } else {
        return uncommonNumber(field);
      }
    }
    double value = digits / scale;
    return (float) ((negative ? -value : value) * LN10);
  }

  /** With an exponent, a plus sign, blanks behind it, or many digits. */
  private float uncommonNumber(ByteBuffer field) throws ProcessingException {
    try {
      String text = StandardCharsets.US_ASCII.decode(field).toString().strip();
      return (float) (Double.parseDouble(text) * LN10);
    } catch (NumberFormatException e) {
      throw wrong("a number");
    }
  }

  private ProcessingException wrong(String expected) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s, found '%s': line %d of '%s'"
            .formatted(expected, lines.text(), lines.number(), lines.file()),
        "Install the model again with 'models import'");
  }
}
