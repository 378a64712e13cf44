package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemplateCommandsTest {
  @TempDir private Path home;

  @Test
  void aCopyIsAFitTemplate() throws Exception {
    Path folder = desk().create("ward_round", "call_report");

    assertThat(folder).isEqualTo(home.resolve("templates/ward_round"));
    assertThat(folder.resolve("schema.json"))
        .hasSameTextualContentAs(Path.of("config/templates/call_report/schema.json"));
    assertThat(desk().list())
        .anySatisfy(
            line -> {
              assertThat(line.folder()).isEqualTo(folder);
              assertThat(line.problems()).isEmpty();
            });
    assertThat(home.resolve("templates")).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aCopyStaysOutOfTheInstallation() throws Exception {
    Path installation = Path.of("config");
    TemplateCommands desk = new TemplateCommands(List.of(installation, home, installation));

    assertThat(desk.create("ward_round", "call_report"))
        .isEqualTo(home.resolve("templates/ward_round"));
  }

  @Test
  void anIdThatShipsIsTaken() {
    assertThatThrownBy(() -> desk().create("voice_memo", "call_report"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("'voice_memo'");
    assertThat(home.resolve("templates")).doesNotExist();
  }

  @Test
  void anIdMayNotLeadOutOfTheFolder() {
    assertThatThrownBy(() -> desk().create("../x", "call_report"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("cannot be the id");
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aMisspelledIdIsGuessed() {
    assertThatThrownBy(() -> desk().show("meeting_note_v2"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("did you mean 'meeting_notes_v2'?");
  }

  @Test
  void anUnfitTemplateIsNotCopied() throws Exception {
    Files.createDirectories(home.resolve("templates/broken"));

    assertThatThrownBy(() -> desk().create("copy", "broken"))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("schema.json: the file is missing");
    assertThat(home.resolve("templates/copy")).doesNotExist();
  }

  @Test
  void aTemplateOfTheHomeTakesThePlaceOfTheShippedOne() throws Exception {
    Files.createDirectories(home.resolve("templates/voice_memo"));

    assertThat(desk().list())
        .filteredOn(line -> line.id().equals("voice_memo"))
        .singleElement()
        .satisfies(line -> assertThat(line.problems()).isNotEmpty());
  }

  private TemplateCommands desk() {
    return new TemplateCommands(List.of(home, Path.of("config")));
  }
}
