package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelImportTest {
  @TempDir Path temporary;

  private Path models = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void makeAModel() throws IOException {
    models = temporary.resolve("models");
    source = ModelFolders.write(temporary.resolve("brought"), "good-model", false, 5000);
  }

  @Test
  void aFolderArrivesWhole() throws Exception {
    InstalledModel model = importer().importFrom(source, "good-model");

    assertThat(model.name()).isEqualTo("good-model");
    assertThat(model.state().isOk()).isTrue();
    assertThat(new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY).list())
        .containsExactly(model);
    assertNothingIsLeft("good-model");
  }

  @Test
  void theServicesGroupMayReadWhatTheOperatorImported() throws Exception {
    Path file = source.resolve(ModelFolders.MODEL_FILE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    importer().importFrom(source, "good-model");

    for (String name : List.of("", ModelFolders.MODEL_FILE)) {
      assertThat(Files.getPosixFilePermissions(models.resolve("good-model").resolve(name)))
          .as(name)
          .contains(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE);
    }
  }

  @Test
  void aZipArrivesUnderTheNameThatItIsGiven() throws Exception {
    Path zip = zip("m.zip", files("inner/"));

    assertThat(importer().importFrom(zip, "other-name").name()).isEqualTo("other-name");
    assertNothingIsLeft("other-name");
  }

  @Test
  void aZipFromAMacArrives() throws Exception {
    Map<String, byte[]> files = files("inner/");
    files.put("__MACOSX/inner/._model.onnx", new byte[10]);
    files.put(".DS_Store", new byte[10]);

    assertThat(importer().importFrom(zip("m.zip", files), "mac").state().isOk()).isTrue();
  }

  @Test
  void aManifestWithoutChecksumsIsPinned() throws Exception {
    Path manifest = source.resolve(Manifest.FILE_NAME);
    Files.writeString(manifest, Files.readString(manifest).replaceAll("(?s)\"files\".*?}},", ""));

    InstalledModel model = importer().importFrom(source, "good-model");
    Files.write(models.resolve("good-model").resolve(ModelFolders.MODEL_FILE), new byte[5001]);

    assertThat(model.state().isOk()).isTrue();
    assertThat(
            new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY)
                .list()
                .get(0)
                .state()
                .kind())
        .isEqualTo(ModelState.Kind.DAMAGED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.txt", "a/../../evil.txt", "/tmp/evil.txt", "C:/evil.txt", "a\\..\\evil"})
  void aNameThatLeadsOutIsRefused(String name) throws Exception {
    Map<String, byte[]> files = files("");
    files.put(name, new byte[1]);
    Path zip = zip("m.zip", files);

    assertThatThrownBy(() -> importer().importFrom(zip, "m")).hasMessageContaining("found '");
    assertNothingIsLeft();
    try (Stream<Path> all = Files.walk(temporary)) {
      assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith("evil"));
    }
  }

  @Test
  void aFolderThatLinksToItselfIsASourceThatCannotBeRead() throws Exception {
    Files.createSymbolicLink(source.resolve("loop"), source);

    assertThatThrownBy(() -> importer().importFrom(source, "m")).isInstanceOf(IOException.class);
    assertNothingIsLeft();
  }

  @Test
  void anArchiveThatUnpacksWithoutEndIsRefused() throws Exception {
    Map<String, byte[]> files = files("");
    files.put("bomb", new byte[1_000_000]);
    Path zip = zip("m.zip", files);
    ModelImport small = importer(new ImportLimits(10, 100_000, 0));

    assertThatThrownBy(() -> small.importFrom(zip, "m")).hasMessageContaining("100000 bytes");
    assertNothingIsLeft();
  }

  @Test
  void aModelThatLeavesTooLittleSpaceIsRefusedAndRemoved() throws Exception {
    ModelImport full = importer(ImportLimits.leaving(Long.MAX_VALUE));

    assertThatThrownBy(() -> full.importFrom(source, "m")).hasMessageContaining("free");
    assertNothingIsLeft();
  }

  @Test
  void tooManyFilesAreRefused() throws Exception {
    ModelImport one = importer(new ImportLimits(1, 100_000, 0));

    assertThatThrownBy(() -> one.importFrom(source, "good-model")).hasMessageContaining("1 files");
  }

  @Test
  void aCutArchiveLeavesNothing() throws Exception {
    byte[] whole = Files.readAllBytes(zip("m.zip", files("")));
    Path cut = Files.write(temporary.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));

    assertThatThrownBy(() -> importer().importFrom(cut, "m")).isInstanceOf(IOException.class);
    assertNothingIsLeft();
  }

  @Test
  void aDamagedModelIsRefused() throws Exception {
    Files.write(source.resolve(ModelFolders.MODEL_FILE), new byte[1]);

    assertThatThrownBy(() -> importer().importFrom(source, "good-model"))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("Expected 5000 bytes, found 1");
    assertNothingIsLeft();
  }

  @Test
  void somethingElseIsRefused() throws Exception {
    Path text = Files.writeString(temporary.resolve("m.zip"), "hello");

    assertThatThrownBy(() -> importer().importFrom(text, "m"))
        .hasMessageContaining("zip archive")
        .hasMessageContaining("tar xf 'm.zip'");
  }

  @Test
  void anInstalledModelIsNotOverwritten() throws Exception {
    importer().importFrom(source, "good-model");

    assertThatThrownBy(() -> importer().importFrom(source, "good-model"))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".hidden", "a/b", "..", "a b"})
  void aNameThatIsNoFolderNameIsRefused(String name) {
    assertThatThrownBy(() -> importer().importFrom(source, name))
        .isInstanceOf(ProcessingException.class);
  }

  @Test
  void leftoversOfACrashAreRemovedADayLater() throws Exception {
    Path old = Files.createDirectories(models.resolve(".maie-import-old").resolve("x")).getParent();
    Path recent = Files.createDirectories(models.resolve(".maie-import-recent"));
    FileTime now = Files.getLastModifiedTime(recent);
    Files.setLastModifiedTime(old, FileTime.from(now.toInstant().minus(Duration.ofHours(25))));

    importer().importFrom(source, "good-model");

    assertThat(old).doesNotExist();
    assertThat(recent).exists();
  }

  private ModelImport importer() {
    return importer(ImportLimits.leaving(0));
  }

  private ModelImport importer(ImportLimits limits) {
    return new ModelImport(
        new ModelAdmission(
            new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY)),
        limits,
        new ManualTicker());
  }

  private void assertNothingIsLeft(String... expected) throws IOException {
    List<String> names = new ArrayList<>();
    if (Files.exists(models)) {
      try (Stream<Path> entries = Files.list(models)) {
        entries.forEach(entry -> names.add(entry.getFileName().toString()));
      }
    }
    assertThat(names).containsExactly(expected);
  }

  private Map<String, byte[]> files(String prefix) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : List.of(Manifest.FILE_NAME, ModelFolders.MODEL_FILE)) {
      files.put(prefix + name, Files.readAllBytes(source.resolve(name)));
    }
    return files;
  }

  private Path zip(String name, Map<String, byte[]> files) throws IOException {
    Path zip = temporary.resolve(name);
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(new ZipEntry(file.getKey()));
        out.write(file.getValue());
      }
    }
    return zip;
  }
}
