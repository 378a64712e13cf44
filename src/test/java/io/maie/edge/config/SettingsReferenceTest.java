package io.maie.edge.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import io.maie.edge.testing.GeneratedText;
import io.maie.edge.testing.ScratchSettings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents say what the code says. */
final class SettingsReferenceTest {
  private static final Path EXAMPLE = Path.of("config", "maie-edge.yaml");
  private static final Pattern MENTION = Pattern.compile("`([a-z]+([.][a-z_]+)+)`");

  private static final Path DOCUMENT = Path.of("docs", "CONFIGURATION.md");

  @Test
  void theExampleFileListsEverySetting() throws IOException {
    GeneratedText.file(EXAMPLE, SettingsReference.exampleFile());
  }

  @Test
  void theDocumentListsEverySetting() throws IOException {
    GeneratedText.part(DOCUMENT, "settings", "\n" + SettingsReference.markdown());
  }

  @Test
  void theDocumentListsEveryFormerName() throws IOException {
    GeneratedText.part(DOCUMENT, "former names", "\n" + SettingsReference.formerNames() + "\n");
  }

  @Test
  void everyDeclaredSettingIsListed() throws Exception {
    List<Key<?>> declared = new ArrayList<>();
    for (Class<?> keys : declarations()) {
      for (Field field : keys.getDeclaredFields()) {
        if (field.getType() == Key.class) {
          declared.add((Key<?>) field.get(null));
        }
      }
    }
    assertThat(declared).containsExactlyInAnyOrderElementsOf(KnownSettings.OF_PROGRAM.all());
  }

  /** The classes that declare settings. */
  private static List<Class<?>> declarations() throws IOException, ClassNotFoundException {
    List<Class<?>> classes = new ArrayList<>();
    Path sources = Path.of("src", "main", "java", "io", "maie", "edge", "config");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sources, "*Keys.java")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName()).replace(".java", "");
        classes.add(Class.forName(KnownSettings.class.getPackageName() + "." + name));
      }
    }
    return classes;
  }

  @Test
  void everySectionHasItsSentence() {
    assertThat(KnownSettings.OF_PROGRAM.names())
        .allMatch(
            name ->
                SettingSections.SENTENCES
                    .keySet()
                    .contains(name.substring(0, name.lastIndexOf('.'))));
    assertThat(KnownSettings.OF_PROGRAM.all())
        .allSatisfy(setting -> assertThat(setting.description()).endsWith("."))
        .allSatisfy(setting -> assertThat(setting.name()).matches("[a-z]+(\\.[a-z]+)?\\.[a-z_]+"));
  }

  /** Documents, advice and units must not send people to settings that do not exist. */
  @Test
  void everyMentionedSettingExists() throws IOException {
    StringBuilder texts = new StringBuilder(Files.readString(Path.of("README.md"), UTF_8));
    try (Stream<Path> documents = Files.walk(Path.of("docs"))) {
      for (Path document : documents.filter(each -> each.toString().endsWith(".md")).toList()) {
        texts.append(Files.readString(document, UTF_8));
      }
    }
    Arrays.stream(FailureCode.values())
        .forEach(code -> texts.append(code.advice().replaceAll("([a-z]+([.][a-z_]+)+)", "`$1`")));

    assertThat(MENTION.matcher(texts).results().map(mention -> mention.group(1)))
        .filteredOn(name -> KnownSettings.OF_PROGRAM.knowsSection(name.replaceFirst("[.].*", "")))
        .filteredOn(name -> !name.equals("status.json") && !isPackage(name))
        .filteredOn(name -> !KnownSettings.successors().containsKey(name))
        .hasSizeGreaterThan(60)
        .allMatch(
            name ->
                KnownSettings.OF_PROGRAM.knows(name)
                    || KnownSettings.OF_PROGRAM.knowsSection(name));
  }

  /** A package of the program or of its tests: documents name both. */
  private static boolean isPackage(String name) {
    return Stream.of("main", "test")
        .map(side -> Path.of("src", side, "java", "io", "maie", "edge", name.replace('.', '/')))
        .anyMatch(Files::isDirectory);
  }

  @Test
  void everySuccessorOfAFormerNameExists() {
    assertThat(KnownSettings.successors().values()).allMatch(KnownSettings.OF_PROGRAM::knows);
    assertThat(KnownSettings.successors().keySet()).noneMatch(KnownSettings.OF_PROGRAM::knows);
  }

  @Test
  void theExampleFileSaysNothing(@TempDir Path home) throws IOException {
    assertThat(problems(home, Files.readString(EXAMPLE, UTF_8))).isEmpty();
  }

  /** Without the first column of number signs the file says the defaults. */
  @Test
  void theExampleFileUncommentedSaysTheDefaults(@TempDir Path home) throws IOException {
    String uncommented = SettingsReference.uncommented(EXAMPLE);
    Settings defaults =
        SettingsReader.read(ScratchSettings.of(home, Map.of())).settings().orElseThrow();

    assertThat(problems(home, uncommented)).isEmpty();
    Settings read =
        SettingsReader.read(
                new SettingsSources(home, Map.of(), null, home.resolve("f.yaml"), null, Map.of()))
            .settings()
            .orElseThrow();
    assertThat(KnownSettings.OF_PROGRAM.all())
        .allSatisfy(
            setting -> assertThat(read.values().get(setting)).isEqualTo(setting.defaultValue()));
    assertThat(read.defaults()).isEqualTo(defaults.defaults());
    assertThat(read.values().origin("inbox.path").layer()).isEqualTo(Origin.Layer.FILE);
  }

  private static List<Problem> problems(Path home, String yaml) throws IOException {
    Path file = Files.writeString(home.resolve("f.yaml"), yaml);
    return SettingsReader.read(new SettingsSources(home, Map.of(), null, file, null, Map.of()))
        .problems();
  }
}
