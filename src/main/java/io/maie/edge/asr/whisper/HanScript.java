package io.maie.edge.asr.whisper;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The characters in which Mandarin is written. A model mixes them, whatever its prompt says; here
 * each is replaced by its counterpart, one by one, so that the times of words stay. Phrases decide
 * where a character has several counterparts. Why not while decoding: docs/decisions/0380.
 */
enum HanScript {
  SIMPLIFIED,
  TRADITIONAL;

  private static final int LONGEST_PHRASE = 4;

  /** The same text in this script, as long as before. */
  String written(String text) {
    return switch (this) {
      case SIMPLIFIED -> Tables.TO_SIMPLIFIED.written(text, text);
      case TRADITIONAL -> Tables.TO_TRADITIONAL.written(text, Table.simplified(text));
    };
  }

  /** The same segment, its words included, in this script. */
  Segment written(Segment segment) {
    // a phrase may be spread over words
    StringBuilder all = new StringBuilder();
    segment.words().forEach(word -> all.append(word.text()));
    String said = written(all.toString());
    List<Word> words = new ArrayList<>();
    int from = 0;
    for (Word word : segment.words()) {
      int to = from + word.text().length();
      words.add(word.withText(said.substring(from, to)));
      from = to;
    }
    return segment.part(segment.span(), written(segment.text()), words);
  }

  /** Read when Mandarin is heard first. */
  private static final class Tables {
    static final Table TO_SIMPLIFIED = Table.read("/asr/to-simplified.txt");
    static final Table TO_TRADITIONAL = Table.read("/asr/to-traditional.txt");
  }

  /**
   * Counterparts.
   *
   * @param replaced characters and phrases of the other script, by this one's
   */
  private record Table(Map<String, String> replaced) {

    static Table read(String resource) {
      Map<String, String> replaced = new HashMap<>();
      try (InputStream stream =
              Objects.requireNonNull(HanScript.class.getResourceAsStream(resource), resource);
          BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
          Stream<String> lines = reader.lines()) {
        lines
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(" ", -1))
            .forEach(pair -> replaced.put(pair[0], pair[1]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Table(replaced);
    }

    /**
     * Replaces what is in the other script.
     *
     * @param key the same text, as long, in which characters and phrases are looked up
     */
    String written(String text, String key) {
      StringBuilder written = new StringBuilder(text.length());
      while (written.length() < text.length()) {
        int at = written.length();
        int length = phraseAt(key, at);
        String piece = key.substring(at, at + length);
        String other = replaced.getOrDefault(piece, piece);
        for (int i = 0; i < length; i++) {
          boolean isAsked = text.charAt(at + i) != key.charAt(at + i);
          written.append(isAsked ? text.charAt(at + i) : other.charAt(i));
        }
      }
      return written.toString();
    }

    /** The text in which phrases are found, also where they are half in the other script. */
    static String simplified(String text) {
      StringBuilder simplified = new StringBuilder(text.length());
      for (int i = 0; i < text.length(); i++) {
        String character = text.substring(i, i + 1);
        simplified.append(Tables.TO_SIMPLIFIED.replaced.getOrDefault(character, character));
      }
      return simplified.toString();
    }

    /** The length of the longest phrase that begins there; 1 if there is none. */
    private int phraseAt(String text, int at) {
      int length = Math.min(LONGEST_PHRASE, text.length() - at);
      while (length > 1 && !replaced.containsKey(text.substring(at, at + length))) {
        length--;
      }
      return length;
    }
  }
}
