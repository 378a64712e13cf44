package io.maie.edge.asr.seq2seq;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Divides the tokens of a text into words, as openai/whisper's {@code tokenizer.py} and {@code
 * timing.py}: at blanks, or at every character in languages that write without them; punctuation
 * goes with its neighbour.
 */
public final class WordSplitter {
  private static final Set<String> WITHOUT_BLANKS = Set.of("zh", "ja", "th", "lo", "my", "yue");
  private static final String ASCII_PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
  private static final String BEFORE_WORD = "\"'“¿([{-";
  private static final String AFTER_WORD = "\"'.。,，!！?？:：”)]}、";

  private final Vocabulary vocabulary;

  public WordSplitter(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * A word; its text may have taken in punctuation whose tokens are not counted.
   *
   * @param from first token
   * @param to one past the last
   */
  public record Part(String text, int from, int to) {}

  /**
   * The words of a text, none of them blank.
   *
   * @param tokens of text only
   * @param language ISO 639-1
   */
  public List<Part> split(List<Integer> tokens, String language) {
    List<Part> parts = characters(tokens);
    if (!isWithoutBlanks(language)) {
      parts = joinedBetweenBlanks(parts);
    }
    return withPunctuation(parts).stream()
        .map(part -> new Part(part.text().strip(), part.from(), part.to()))
        .filter(part -> !part.text().isEmpty())
        .toList();
  }

  /**
   * Returns whether a language writes no blanks between words.
   *
   * @param language ISO 639-1
   */
  public static boolean isWithoutBlanks(String language) {
    return WITHOUT_BLANKS.contains(language);
  }

  /** The shortest runs of tokens that are whole characters. */
  private List<Part> characters(List<Integer> tokens) {
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int to = 1; to <= tokens.size(); to++) {
      int[] ids = tokens.subList(from, to).stream().mapToInt(i -> i).toArray();
      if (to == tokens.size() || isWhole(ids)) {
        parts.add(new Part(vocabulary.decode(ids), from, to));
        from = to;
      }
    }
    return parts;
  }

  private boolean isWhole(int[] tokens) {
    int length = 0;
    for (int token : tokens) {
      length += vocabulary.bytes(token).length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int token : tokens) {
      bytes.put(vocabulary.bytes(token));
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static List<Part> joinedBetweenBlanks(List<Part> characters) {
    List<Part> words = new ArrayList<>();
    for (Part part : characters) {
      boolean begins =
          words.isEmpty()
              || part.text().startsWith(" ")
              || ASCII_PUNCTUATION.contains(part.text().strip());
      if (begins) {
        words.add(part);
      } else {
        Part last = words.remove(words.size() - 1);
        words.add(new Part(last.text() + part.text(), last.from(), part.to()));
      }
    }
    return words;
  }

  private static List<Part> withPunctuation(List<Part> words) {
    List<Part> opened = new ArrayList<>();
    for (int i = words.size() - 1; i >= 0; i--) {
      Part word = words.get(i);
      boolean opens =
          !opened.isEmpty()
              && word.text().startsWith(" ")
              && BEFORE_WORD.contains(word.text().strip());
      if (opens) {
        Part next = opened.remove(0);
        opened.add(0, new Part(word.text() + next.text(), next.from(), next.to()));
      } else {
        opened.add(0, word);
      }
    }
    List<Part> closed = new ArrayList<>();
    for (Part word : opened) {
      boolean closes =
          !closed.isEmpty()
              && !closed.get(closed.size() - 1).text().endsWith(" ")
              && AFTER_WORD.contains(word.text());
      if (closes) {
        Part last = closed.remove(closed.size() - 1);
        closed.add(new Part(last.text() + word.text(), last.from(), last.to()));
      } else {
        closed.add(word);
      }
    }
    return closed;
  }
}
