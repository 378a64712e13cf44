package io.maie.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.schema.Problem;
import io.maie.edge.text.template.CheckedTemplate;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplatesCommandTest {
  @TempDir private Path home;

  @Test
  void theListNamesWhatIsUnusable() {
    Shell shell = shellWith(fit("memo"), unfit("notes"));

    assertThat(shell.type("templates", "list")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(shell.out())
        .containsPattern("memo +ok +Title of memo +.*memo")
        .containsPattern("notes +unusable");
  }

  @Test
  void aCheckReportsEveryProblem() {
    Shell shell = shellWith(fit("memo"), unfit("notes"));

    assertThat(shell.type("templates", "check")).isEqualTo(ExitCode.CONFIGURATION.number());
    assertThat(shell.err()).contains("first problem", "second problem");
    assertThat(shell.out()).contains("1 of 2 templates can be used.");
  }

  @Test
  void aCheckWithoutProblemsIsFine() {
    assertThat(shellWith(fit("memo")).type("templates", "check")).isZero();
  }

  @Test
  void showPrintsAllOfATemplate() {
    Shell shell = shellWith(fit("memo"));

    assertThat(shell.type("templates", "show", "memo")).isZero();
    assertThat(shell.out())
        .contains("Title of memo", "--- example.json\nan example", "--- schema.json\na schema")
        .contains("--- prompt.jinja\na prompt");
  }

  @Test
  void newSaysWhereTheCopyLies() {
    Shell shell = shellWith(fit("memo"));

    assertThat(shell.type("templates", "new", "mine", "--from", "memo")).isZero();
    assertThat(shell.out()).contains("'mine' lies in " + home.resolve("memo/mine"));
  }

  private Shell shellWith(CheckedTemplate... templates) {
    FakeProgram program = new FakeProgram(home);
    program.templates.addAll(List.of(templates));
    return new Shell(program, false);
  }

  private CheckedTemplate fit(String id) {
    return new CheckedTemplate(id, home.resolve(id), FakeProgram.template(id), List.of());
  }

  private CheckedTemplate unfit(String id) {
    return new CheckedTemplate(
        id,
        home.resolve(id),
        null,
        List.of(new Problem("a", "", "first problem"), new Problem("b", "", "second problem")));
  }
}
