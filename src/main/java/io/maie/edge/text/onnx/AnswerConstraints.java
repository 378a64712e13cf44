package io.maie.edge.text.onnx;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maie.edge.text.constrain.SchemaConstraint;
import io.maie.edge.text.constrain.TokenConstraint;
import io.maie.edge.text.constrain.TokenVocabulary;
import io.maie.edge.text.constrain.UnservedSchemaException;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps answers to the schemas of their prompts. Used by one thread. */
final class AnswerConstraints {

  private final TokenVocabulary vocabulary;

  /** By schema; one that cannot be served has none. */
  private final Map<String, Optional<SchemaConstraint>> compiled = new HashMap<>();

  AnswerConstraints(TokenVocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * The constraint of an answer; empty if the prompt has no schema, or one that cannot be served:
   * the caller checks the answer in any case.
   *
   * @param most the most tokens of the answer
   * @throws ModelException if no valid answer is as short
   */
  Optional<TokenConstraint> of(Prompt prompt, int most) throws ModelException {
    @Nullable String schema = prompt.schemaOrNull();
    Optional<SchemaConstraint> constraint =
        schema == null ? Optional.empty() : compiled.computeIfAbsent(schema, this::compiled);
    if (constraint.isPresent() && constraint.get().leastTokens() > most) {
      throw new ModelException(
          "an answer needs %d tokens, and there is room for %d"
              .formatted(constraint.get().leastTokens(), most));
    }
    return constraint.map(each -> each.start(most));
  }

  private Optional<SchemaConstraint> compiled(String schema) {
    try {
      return Optional.of(SchemaConstraint.compile(ModelSettings.JSON.readTree(schema), vocabulary));
    } catch (UnservedSchemaException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected a JSON Schema", e);
    }
  }
}
