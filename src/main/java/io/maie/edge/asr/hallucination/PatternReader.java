package io.maie.edge.asr.hallucination;

import static io.maie.edge.schema.Findings.describe;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.maie.edge.asr.hallucination.HallucinationPatterns.Section;
import io.maie.edge.durable.Sha256;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Problem;
import io.maie.edge.schema.StrictDocument;
import io.maie.edge.schema.StrictDocument.Syntax;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads pattern files: sections named by language, each with the lists {@code exact} and {@code
 * regex}, and the same two within {@code if_doubtful}. Files add up. It collects every mistake with
 * line and column, and reads the rest.
 */
public final class PatternReader {
  private static final int MAX_BYTES = 1 << 20;
  private static final String EXACT = "exact";
  private static final String REGEX = "regex";
  private static final String IF_DOUBTFUL = "if_doubtful";
  private static final Set<String> TWO_LETTER_CODES = Set.of(Locale.getISOLanguages());

  /** Whisper's code for Javanese. */
  private static final String JAVANESE = "jw";

  private final Map<String, Section> sections = new HashMap<>();
  private final SortedMap<String, String> checksums = new TreeMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Reads one file.
   *
   * @param name its name in results
   * @param where its name in problems
   */
  public void add(String name, String where, byte[] bytes) {
    checksums.put(name, checksum(bytes));
    StrictDocument document = StrictDocument.read(where, bytes, Syntax.YAML, MAX_BYTES);
    problems.addAll(document.problems());
    document.root().forEach(new FileReading(document)::section);
  }

  /** The patterns that could be read. */
  public HallucinationPatterns patterns() {
    return new HallucinationPatterns(sections, checksums);
  }

  /** Everything that is wrong. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  private static boolean isLanguage(String name) {
    return name.equals(HallucinationPatterns.COMMON)
        || name.equals(JAVANESE)
        || TWO_LETTER_CODES.contains(name)
        || name.matches("[a-z]{3}");
  }

  private static String checksum(byte[] bytes) {
    return "sha256:" + Sha256.of(bytes);
  }

  /** The reading of one file. */
  private final class FileReading {
    private final StrictDocument document;

    FileReading(StrictDocument document) {
      this.document = document;
    }

    private void section(String language, @Nullable Object value) {
      if (!isLanguage(language)) {
        report(language, "expected 'common' or a language code such as 'en'");
        return;
      }
      Map<String, @Nullable Object> lists = keys(language, value, EXACT, REGEX, IF_DOUBTFUL);
      String doubtfulPath = language + "." + IF_DOUBTFUL;
      Map<String, @Nullable Object> doubtful =
          keys(doubtfulPath, lists.get(IF_DOUBTFUL), EXACT, REGEX);
      Section section = new Section(phrases(language, lists), phrases(doubtfulPath, doubtful));
      sections.merge(language, section, Section::plus);
    }

    /** The values below {@code path}; keys that are not known are reported. */
    private Map<String, @Nullable Object> keys(
        String path, @Nullable Object value, String... known) {
      Map<String, @Nullable Object> found = new LinkedHashMap<>();
      if (value instanceof Map<?, ?> map) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          String key = String.valueOf(entry.getKey());
          if (List.of(known).contains(key)) {
            found.put(key, entry.getValue());
          } else {
            report(path + "." + key, "unknown key" + DidYouMean.suggestion(key, List.of(known)));
          }
        }
      } else if (value != null) {
        report(path, "expected the keys " + List.of(known) + ", found " + describe(value));
      }
      return found;
    }

    private PhraseList phrases(String path, Map<String, @Nullable Object> lists) {
      Map<String, String> exact = new LinkedHashMap<>();
      texts(path + "." + EXACT, lists.get(EXACT))
          .forEach((place, text) -> phrase(place, text, exact));
      List<Pattern> expressions = new ArrayList<>();
      texts(path + "." + REGEX, lists.get(REGEX))
          .forEach((place, text) -> expression(place, text, expressions));
      return new PhraseList(exact, expressions);
    }

    private Map<String, String> texts(String path, @Nullable Object value) {
      Map<String, String> texts = new LinkedHashMap<>();
      if (value instanceof List<?> items) {
        for (int i = 0; i < items.size(); i++) {
          String place = path + "[" + i + "]";
          if (items.get(i) instanceof String text && !text.isBlank()) {
            texts.put(place, text);
          } else {
            report(place, "expected a text, found " + describe(items.get(i)));
          }
        }
      } else if (value != null) {
        report(path, "expected a list of texts, found " + describe(value));
      }
      return texts;
    }

    private void phrase(String place, String text, Map<String, String> exact) {
      String sound = SpokenText.of(text).sound();
      if (sound.isEmpty()) {
        report(place, "expected letters or digits, found " + describe(text));
      } else {
        exact.putIfAbsent(sound, text);
      }
    }

    private void expression(String place, String text, List<Pattern> expressions) {
      try {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        Pattern expression = Pattern.compile(composed, Pattern.CASE_INSENSITIVE);
        if (expression.matches("")) {
          report(place, "expected an expression that does not match nothing");
        } else {
          expressions.add(expression);
        }
      } catch (PatternSyntaxException e) {
        report(
            place,
            "expected a regular expression of RE2, found %s: %s"
                .formatted(describe(text), e.getDescription()));
      }
    }

    private void report(String path, String sentence) {
      problems.add(new Problem(document.where(path), path, sentence));
    }
  }
}
