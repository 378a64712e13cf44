package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ExternalProgram;
import io.maie.edge.testing.ManualTicker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
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

  @ParameterizedTest
  @ValueSource(strings = {"ustar", "gnu", "pax"})
  void archivesOfTheTarProgramArrive(String format) throws Exception {
    Path deep = source.resolve("d".repeat(90)).resolve("e".repeat(90)).resolve("notes.txt");
    Files.createDirectories(deep.getParent());
    Files.writeString(deep, "long names need more than the classic header");
    Path tar = temporary.resolve("m.tar.gz");
    ExternalProgram.run(
        List.of(
            ExternalProgram.require("tar").toString(),
            "--format=" + format,
            "-C",
            temporary.resolve("brought").toString(),
            "-czf",
            tar.toString(),
            "good-model"));

    InstalledModel model = importer().importFrom(tar, "from-tar");

    assertThat(model.state().isOk()).isTrue();
    assertThat(models.resolve("from-tar").resolve(source.relativize(deep)))
        .hasSameTextualContentAs(deep);
  }

  @Test
  void aPlainTarArrives() throws Exception {
    Path tar = Files.write(temporary.resolve("m.tar"), tar(files("")));

    assertThat(importer().importFrom(tar, "m").name()).isEqualTo("m");
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
    Path tar = Files.write(temporary.resolve("m.tar"), tar(files));

    assertThatThrownBy(() -> importer().importFrom(zip, "m")).hasMessageContaining("found '");
    assertThatThrownBy(() -> importer().importFrom(tar, "m")).hasMessageContaining("found '");
    assertNothingIsLeft();
    try (Stream<Path> all = Files.walk(temporary)) {
      assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith("evil"));
    }
  }

  @Test
  void aLinkInATarIsRefused() throws Exception {
    byte[] archive = tar(Map.of("link", new byte[0]));
    archive[156] = '2';
    fixChecksum(archive);
    Path tar = Files.write(temporary.resolve("m.tar"), archive);

    assertThatThrownBy(() -> importer().importFrom(tar, "m"))
        .hasMessageContaining("regular files only");
    assertNothingIsLeft();
  }

  @Test
  void aNameThatComesTwiceIsRefusedAsSuch() throws Exception {
    byte[] once = tar(files(""));
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.write(once, 0, once.length - 1024);
    twice.write(once);
    Path tar = Files.write(temporary.resolve("m.tar"), twice.toByteArray());

    assertThatThrownBy(() -> importer().importFrom(tar, "m"))
        .isNotInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("'manifest.json'");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2 x", "1 x", "0 x", "99 path=a\n", "2147483647 path=a\n", "x"})
  void aDamagedPaxHeaderIsRefused(String records) throws Exception {
    byte[] archive = tar(Map.of("pax", records.getBytes(StandardCharsets.US_ASCII)));
    archive[156] = 'x';
    fixChecksum(archive);
    Path tar = Files.write(temporary.resolve("m.tar"), archive);

    assertThatThrownBy(() -> importer().importFrom(tar, "m")).isInstanceOf(IOException.class);
    assertNothingIsLeft();
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
    byte[] whole = tar(files(""));
    Path cut = temporary.resolve("m.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
      out.write(whole, 0, 2000);
    }

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
        .hasMessageContaining("zip, tar or tar.gz");
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
        new ModelAdmission(models, new Checksums(), GraphPreference.LITTLE_MEMORY),
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

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      byte[] header = new byte[512];
      put(header, 0, file.getKey());
      put(header, 100, "0000644");
      put(header, 124, "%011o".formatted(file.getValue().length));
      header[156] = '0';
      put(header, 257, "ustar\00000");
      fixChecksum(header);
      out.write(header);
      out.write(file.getValue());
      out.write(new byte[Math.floorMod(-file.getValue().length, 512)]);
    }
    out.write(new byte[1024]);
    return out.toByteArray();
  }

  private static void fixChecksum(byte[] header) {
    put(header, 148, "        ");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += Byte.toUnsignedInt(header[i]);
    }
    put(header, 148, "%06o\0 ".formatted(sum));
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
