package io.maie.edge.asr.hallucination;

import com.google.re2j.Pattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Texts as a pattern file lists them. Expressions are matched in time linear in the text, whatever
 * they are.
 *
 * @param exact as written, by how they sound
 * @param expressions for whole texts, case ignored
 */
record PhraseList(Map<String, String> exact, List<Pattern> expressions) {

  static final PhraseList EMPTY = new PhraseList(Map.of(), List.of());

  PhraseList {
    exact = Map.copyOf(exact);
    expressions = List.copyOf(expressions);
  }

  /** The phrase or expression that {@code text} is, as written in the file. */
  Optional<String> find(SpokenText text) {
    return Optional.ofNullable(exact.get(text.sound()))
        .or(
            () ->
                expressions.stream()
                    .filter(expression -> expression.matches(text.written()))
                    .map(Pattern::pattern)
                    .findFirst());
  }

  PhraseList plus(PhraseList other) {
    Map<String, String> all = new LinkedHashMap<>(other.exact);
    all.putAll(exact);
    return new PhraseList(
        all, Stream.concat(expressions.stream(), other.expressions.stream()).toList());
  }
}
