package io.maie.edge.text.clean;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.maie.edge.text.TextLanguage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Names as they are written, by what is heard: from a list per language, and from the request. */
final class ProperNames {
  /** No name on the lists has more words. */
  private static final int MOST_WORDS = 4;

  private final Map<String, String> written = new HashMap<>();

  ProperNames(TextLanguage language, Collection<String> vocabulary) {
    switch (language) {
      case ENGLISH -> read("/text/names-en.txt");
      case VIETNAMESE -> read("/text/names-vi.txt");
      case OTHER -> {}
    }
    vocabulary.forEach(this::add);
  }

  /** Counts the tokens from {@code at} on that are a name; 0 if none are. */
  int lengthAt(List<Token> tokens, int at) {
    for (int length = MOST_WORDS; length > 0; length--) {
      if (at + length <= tokens.size()
          && written.containsKey(Tokens.phrase(tokens.subList(at, at + length)))) {
        return length;
      }
    }
    return 0;
  }

  /** The words of {@code name} as they are written. */
  List<String> written(List<Token> name) {
    return List.of(written.getOrDefault(Tokens.phrase(name), "").split(" ", -1));
  }

  private void read(String resource) {
    try (InputStream stream =
            Objects.requireNonNull(ProperNames.class.getResourceAsStream(resource), resource);
        BufferedReader reader = new BufferedReader(new InputStreamReader(stream, UTF_8));
        Stream<String> lines = reader.lines()) {
      lines.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String name) {
    String clean = name.strip().replaceAll("\\s+", " ");
    written.put(clean.toLowerCase(Locale.ROOT), clean);
  }
}
