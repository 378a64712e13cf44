package io.maie.edge.text.constrain;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON Schema, draft 2020-12, made ready to constrain the answers of a language model: every
 * answer is valid against it. Masks of tokens are kept for the next answer. Used by one thread at a
 * time.
 *
 * <p>Answers are narrower than the schema where that costs nothing: members come in the order of
 * {@code properties}, others are never added, blanks are at most one after a comma or colon,
 * numbers have no exponent, and texts hold no control characters besides line feeds, carriage
 * returns and tabs. {@code docs/decisions/0226-answers-constrained-by-a-schema.md} lists what is
 * served.
 *
 * <p>The method: Willard and Louf, Efficient Guided Generation for Large Language Models
 * (arXiv:2307.09702), on a pushdown automaton of bytes. Tokens that stay within a text are told
 * once for a vocabulary, as in Dong et al., XGrammar (arXiv:2411.15100).
 */
public final class SchemaConstraint {
  private static final int KEPT_MASKS = 1_024;

  private final TokenVocabulary vocabulary;
  private final Frame start;
  private final Map<List<Object>, Mask> masks =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Object>, Mask> eldest) {
          return size() > KEPT_MASKS;
        }
      };

  private SchemaConstraint(Shape shape, TokenVocabulary vocabulary) {
    this.vocabulary = vocabulary;
    start = new Frame(shape, Shape.START, Frame.END);
  }

  /**
   * A schema for the tokens of a model.
   *
   * @throws UnservedSchemaException if the schema asks for what is not served, or if no answer can
   *     be valid
   */
  public static SchemaConstraint compile(JsonNode schema, TokenVocabulary vocabulary)
      throws UnservedSchemaException {
    requireNonNull(schema, "schema is null");
    requireNonNull(vocabulary, "vocabulary is null");
    return new SchemaConstraint(new SchemaCompiler(schema, vocabulary).compile(), vocabulary);
  }

  /** The number of tokens that are enough for an answer, 1 or more. */
  public int leastTokens() {
    return start.cost();
  }

  /**
   * The start of an answer that is complete within a number of tokens.
   *
   * @param tokens at least {@link #leastTokens}, without that which ends an answer
   */
  public TokenConstraint start(int tokens) {
    if (tokens < leastTokens()) {
      throw new IllegalArgumentException(
          "expected %d tokens or more: %d".formatted(leastTokens(), tokens));
    }
    return new TokenConstraint(this, tokens);
  }

  Frame first() {
    return start;
  }

  TokenVocabulary vocabulary() {
    return vocabulary;
  }

  Mask mask(Frame frame) {
    return masks.computeIfAbsent(frame.likeness(), key -> Mask.of(frame, vocabulary));
  }
}
