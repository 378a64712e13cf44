package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.telemetry.Check.Finding;
import io.maie.edge.telemetry.Check.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateCheckTest {
  @TempDir private Path home;

  @Test
  void shippedTemplatesAreFine() {
    assertThat(check().level()).isEqualTo(Level.OK);
  }

  @Test
  void anUnusableTemplateIsAWarningThatNamesIt() throws IOException {
    Files.createDirectories(home.resolve("templates/ward_round"));

    assertThat(check().level()).isEqualTo(Level.WARNING);
    assertThat(check().message()).contains("ward_round").doesNotContain("voice_memo");
  }

  @Test
  void aDefaultThatNamesNoTemplateIsAWarning() {
    assertThat(check("ward_round").level()).isEqualTo(Level.WARNING);
    assertThat(check("ward_round").message()).contains("defaults.template_id", "ward_round");
    assertThat(check("voice_memo").level()).isEqualTo(Level.OK);
  }

  private Finding check() {
    return check(null);
  }

  private Finding check(@Nullable String wanted) {
    return new TemplateCheck(new TemplateCommands(List.of(home, Path.of("config"))), wanted).run();
  }
}
