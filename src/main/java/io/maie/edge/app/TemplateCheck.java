package io.maie.edge.app;

import io.maie.edge.cli.TemplateLine;
import io.maie.edge.cli.Templates;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.util.List;

/** Whether all templates of summaries are fit for use. Recordings are transcribed without them. */
final class TemplateCheck implements Check {
  private static final String HINT = "See: maie-edge templates check";

  private final Templates templates;

  TemplateCheck(Templates templates) {
    this.templates = templates;
  }

  @Override
  public String name() {
    return "templates";
  }

  @Override
  public Finding run() {
    try {
      List<TemplateLine> lines = templates.list();
      List<String> unfit =
          lines.stream().filter(line -> !line.problems().isEmpty()).map(TemplateLine::id).toList();
      return unfit.isEmpty()
          ? Finding.ok(lines.size() + " templates of summaries are fit for use")
          : Finding.warning("Unusable templates: " + String.join(", ", unfit), HINT);
    } catch (IOException e) {
      return Finding.warning("The templates cannot be read: " + e, HINT);
    }
  }
}
