package io.maie.edge.text.summary;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.Summary;
import io.maie.edge.text.TextLanguage;
import io.maie.edge.text.extract.EvidenceFinder;
import io.maie.edge.text.template.Template;
import io.maie.edge.transcript.Language;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes summaries without a model: every statement is a span of the clean transcript, or spans
 * joined.
 */
public final class ExtractiveEngine implements SummaryEngine {
  /** Name of this engine in results. */
  public static final String NAME = "extractive";

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Summarized summarize(SummaryInput input, StageContext context)
      throws IncompleteSummaryException, TaskStoppedException {
    context.tick(0);
    TextLanguage language = TextLanguage.of(input.transcript());
    Findings findings =
        new Findings(EvidenceFinder.find(input.cleaned().transcript(), language), input.names());
    if (findings.hasNothing()) {
      throw new IncompleteSummaryException("Nothing was said that could be summed up");
    }
    context.tick(0.5);
    Template template = input.template();
    SchemaFiller filler = new SchemaFiller(template.schemaTree(), findings, facts(input));
    ObjectNode content = filler.fill();
    if (!filler.missing().isEmpty()) {
      throw new IncompleteSummaryException(
          "The transcript holds nothing for " + String.join(", ", filler.missing()));
    }
    List<String> violations = template.violations(content);
    if (!violations.isEmpty()) {
      throw new IncompleteSummaryException(
          "The evidence does not fit the schema: " + String.join("; ", violations));
    }
    return new Summarized(
        new Summary(NAME, template.id(), template.hash(), values(content), filler.sources(), null),
        List.of());
  }

  /** The fields of {@code content} in their order. */
  static Map<String, Object> values(ObjectNode content) {
    return JSON.convertValue(content, new TypeReference<LinkedHashMap<String, Object>>() {});
  }

  private static SchemaFiller.Facts facts(SummaryInput input) {
    return new SchemaFiller.Facts(
        input.transcript().text(),
        input.cleaned().transcript().text(),
        1 - input.cleaned().figures().editRate(),
        input.transcript().language().map(Language::code).orElse(""));
  }
}
