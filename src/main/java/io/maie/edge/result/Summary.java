package io.maie.edge.result;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A summary by a template.
 *
 * @param engine the engine that made it, such as {@code extractive}
 * @param templateId the template
 * @param templateHash {@code sha256:} and 64 hexadecimal digits of its schema and prompt
 * @param content JSON values, valid against the schema of the template
 * @param sources the places of the statements in the recording
 * @param groundingOrNull of the answer of a language model; null if rules made it
 */
public record Summary(
    String engine,
    String templateId,
    String templateHash,
    Map<String, Object> content,
    List<SummarySource> sources,
    @Nullable Grounding groundingOrNull) {

  public Summary {
    requireNonNull(engine, "engine is null");
    requireNonNull(templateId, "templateId is null");
    requireNonNull(templateHash, "templateHash is null");
    content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
    sources = List.copyOf(sources);
  }
}
