package io.maie.edge.app;

import io.maie.edge.cli.Templates;
import io.maie.edge.telemetry.Check;
import io.maie.edge.text.template.CheckedTemplate;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks that all templates of summaries can be used. Recordings are transcribed without them. */
final class TemplateCheck implements Check {
  private static final String HINT = "See: maie-edge templates check";

  private final Templates templates;
  private final @Nullable String wanted;

  /**
   * A check of {@code templates}.
   *
   * @param wanted the template of recordings that name none; null if there is none
   */
  TemplateCheck(Templates templates, @Nullable String wanted) {
    this.templates = templates;
    this.wanted = wanted;
  }

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public Finding run() {
    try {
      List<CheckedTemplate> lines = templates.list();
      if (wanted != null && lines.stream().noneMatch(line -> line.id().equals(wanted))) {
        return Finding.warning("defaults.template_id names no template: '" + wanted + "'", HINT);
      }
      List<String> unfit =
          lines.stream().filter(line -> !line.isFit()).map(CheckedTemplate::id).toList();
      return unfit.isEmpty()
          ? Finding.ok(lines.size() + " templates of summaries can be used")
          : Finding.warning("Unusable templates: " + String.join(", ", unfit), HINT);
    } catch (IOException e) {
      return Finding.warning("The templates cannot be read: " + e, HINT);
    }
  }
}
