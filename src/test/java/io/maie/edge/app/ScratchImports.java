package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ImportOrder;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Imports of model folders into an installation that has no other models. */
final class ScratchImports {
  private final Path home;
  private final Path models;

  private ScratchImports(Path home, Path models) {
    this.home = home;
    this.models = models;
  }

  /** An installation in the folder {@code home}. */
  static ScratchImports in(Path home) throws IOException {
    return new ScratchImports(home, Files.createDirectories(home.resolve("models")));
  }

  void assertTaken(Path source, String name) throws CommandException, IOException {
    assertThat(commands().importFrom(new ImportOrder(source, name, null)).state()).isEqualTo("ok");
  }

  /**
   * Asserts that an import fails with one sentence and leaves nothing behind.
   *
   * @param damage that the folder has, for the report of a failed test
   * @param reason part of the sentence
   */
  void assertRefused(ImportOrder order, String damage, String reason) {
    assertThatThrownBy(() -> commands().importFrom(order))
        .as(damage)
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("was not imported")
        .hasMessageContaining(reason)
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .hasSizeLessThan(500)
                    .doesNotContain("\n")
                    .doesNotContain("FLOAT32")
                    .doesNotContain(".maie-import"));
    assertThat(models).isEmptyDirectory();
  }

  private ModelCommands commands() {
    Map<String, String> environment = Map.of("MAIE_MODELS__PATH", models.toString());
    SettingsSources sources = ScratchSettings.of(home, environment);
    Settings settings = SettingsReader.read(sources).settings().orElseThrow();
    return new ModelCommands(
        settings,
        BuildFacts.read(),
        environment,
        new PrecisionCommands(settings, home, Ticker.system()));
  }
}
