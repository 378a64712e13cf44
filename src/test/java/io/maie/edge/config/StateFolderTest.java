package io.maie.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.testing.ScratchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StateFolderTest {
  @TempDir private Path home;
  private Path file = Path.of("");
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void copyTheExampleFile() throws IOException {
    Path folder = Files.createDirectory(home.resolve("config"));
    file = folder.resolve("maie-edge.yaml");
    Files.copy(Path.of("config", "maie-edge.yaml"), file);
  }

  @Test
  void theExampleFileLeavesItWhereItIs() throws IOException {
    assertThat(find()).contains(home.resolve("state"));
  }

  @Test
  void otherSettingsDoNotMoveIt() throws IOException {
    Files.writeString(file, "inbox:\n  settle_time: 3s\n");

    assertThat(find()).contains(home.resolve("state"));
  }

  @Test
  void theVariableMovesIt() throws IOException {
    environment.put("MAIE_STATE__PATH", "/var/lib/maie-edge");

    assertThat(find()).contains(Path.of("/var/lib/maie-edge"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state:\n  path: /x\n",
        "inbox: {path: in}\nstate: {path: /x}\n",
        "\"st\\u0061te\": {path: /x}\n",
        "{state: {path: /x}}\n"
      })
  void aFileThatMayMoveTheStateFolderIsLeftToTheReader(String yaml) throws IOException {
    Files.writeString(file, yaml);

    assertThat(find()).isEmpty();
    assertThat(SettingsReader.read(sources()).best().folders().state()).isEqualTo(Path.of("/x"));
  }

  @Test
  void profilesOfTheOperatorMayMoveIt() throws IOException {
    Files.createDirectory(home.resolve("config/profiles"));

    assertThat(find()).isEmpty();
  }

  @Test
  void theQuickSearchFindsTheFolderOfTheSettings() throws IOException {
    assertThat(find()).contains(SettingsReader.read(sources()).best().folders().state());
  }

  private Optional<Path> find() throws IOException {
    return StateFolder.find(sources());
  }

  private SettingsSources sources() {
    return ScratchSettings.of(home, environment);
  }
}
