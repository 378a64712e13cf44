package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whisper folders as hubs lay them out: without a manifest, in several precisions. */
final class WhisperImportTest {
  private static final String ENCODER = "onnx/encoder_model_int8.onnx";
  private static final String UNUSED = "onnx/encoder_model.onnx";

  @TempDir Path temporary;

  private Path models = Path.of("");
  private Path source = Path.of("");

  @BeforeEach
  void makeAModel() throws IOException {
    models = temporary.resolve("models");
    source = ModelFolders.writeWhisper(temporary.resolve("brought"), "whisper-tiny");
  }

  @Test
  void aFolderNeedsNoManifest() throws Exception {
    InstalledModel model = importer().importFrom(source, "whisper-tiny");

    assertThat(model.name()).isEqualTo("whisper-tiny");
    assertThat(model.state().isOk()).isTrue();
    assertThat(model.folder().orElseThrow().manifest().files()).containsKey(ENCODER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "whisper-tiny/"})
  void aZipArrivesWithATopFolderOrWithout(String top) throws Exception {
    Path zip = temporary.resolve("m.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip));
        Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(top + source.relativize(file)));
        Files.copy(file, out);
      }
    }

    assertThat(importer().importFrom(zip, "tiny").state().isOk()).isTrue();
  }

  @Test
  void filesOfDownloadToolsAreNotImported() throws Exception {
    Files.createDirectories(source.resolve(".git/lfs"));
    Files.write(source.resolve(".git/lfs/object"), new byte[5000]);
    Files.createDirectories(source.resolve(".cache/huggingface"));
    Files.writeString(source.resolve(".cache/huggingface/config.json.metadata"), "x");

    importer().importFrom(source, "whisper-tiny");

    assertThat(models.resolve("whisper-tiny/.git")).doesNotExist();
    assertThat(models.resolve("whisper-tiny/.cache")).doesNotExist();
  }

  @Test
  void anImportIsPinned() throws Exception {
    importer().importFrom(source, "whisper-tiny");

    JsonNode lock =
        new JsonMapper().readTree(models.resolve("whisper-tiny/model.lock.json").toFile());
    assertThat(lock.path("source").asText()).isEqualTo("import");
    assertThat(lock.path("address").asText()).isEqualTo(source.toString());
    assertThat(lock.path("files").path(UNUSED).path("bytes").asInt()).isEqualTo(4000);
    assertThat(lock.path("files").has("model.lock.json")).isFalse();
  }

  @Test
  void damageOfAGraphInUseIsNoticedAtOnce() throws Exception {
    importer().importFrom(source, "whisper-tiny");
    damage(ENCODER);

    assertThat(only(catalog().list()).state().kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(only(catalog().verify()).state().reason()).contains("Expected sha256", ENCODER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"config.json", "generation_config.json", "tokenizer.json"})
  void damageOfADescriptionIsNoticed(String name) throws Exception {
    importer().importFrom(source, "whisper-tiny");
    Path file = models.resolve("whisper-tiny").resolve(name);
    Files.writeString(file, Files.readString(file).replace("}", " }"));

    assertThat(only(catalog().list()).state().reason()).contains(name);
  }

  @Test
  void damageOfAGraphThatIsNotUsedIsFoundByVerifying() throws Exception {
    importer().importFrom(source, "whisper-tiny");
    damage(UNUSED);

    assertThat(only(catalog().list()).state().isOk()).isTrue();
    assertThat(only(catalog().verify()).state().reason()).contains(UNUSED);
  }

  @Test
  void aGraphThatIsLostIsNotReplacedByTheNextBest() throws Exception {
    importer().importFrom(source, "whisper-tiny");
    Files.delete(models.resolve("whisper-tiny").resolve(ENCODER));

    ModelState state = only(catalog().list()).state();

    assertThat(state.kind()).isEqualTo(ModelState.Kind.INCOMPLETE);
    assertThat(state.reason()).contains(ENCODER);
  }

  @Test
  void graphsThatAreNotUsedCanBeRemoved() throws Exception {
    importer().importFrom(source, "whisper-tiny");
    Files.delete(models.resolve("whisper-tiny").resolve(UNUSED));

    assertThat(only(catalog().list()).state().isOk()).isTrue();
    assertThat(only(catalog().verify()).state().kind()).isEqualTo(ModelState.Kind.INCOMPLETE);
  }

  @Test
  void aLockTravelsWithItsModel() throws Exception {
    importer().importFrom(source, "whisper-tiny");
    Path carried = models.resolve("whisper-tiny");
    String lock = Files.readString(carried.resolve("model.lock.json"));

    importer().importFrom(carried, "again");

    assertThat(models.resolve("again/model.lock.json")).hasContent(lock);
  }

  @Test
  void damageOnTheWayIsNoticed() throws Exception {
    importer().importFrom(source, "whisper-tiny");
    damage(UNUSED);

    assertThatThrownBy(() -> importer().importFrom(models.resolve("whisper-tiny"), "again"))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("Expected sha256")
        .hasMessageContaining(UNUSED);
    assertThat(models.resolve("again")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"schema_version\": 2}",
        "{\"schema_version\": 1, \"source\": \"hub\", \"added_at\": \"today\", \"files\": {}}",
        "{\"schema_version\": 1, \"source\": \"hub\", \"added_at\": \"2026-01-02T03:04:05Z\","
            + " \"files\": {\"../x\": {\"bytes\": 1, \"sha256\": \"00\"}}}"
      })
  void anUnreadableModelLockCountsAsDamage(String content) throws Exception {
    importer().importFrom(source, "whisper-tiny");
    Files.writeString(models.resolve("whisper-tiny/model.lock.json"), content);

    ModelState state = only(catalog().list()).state();

    assertThat(state.kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(state.reason()).contains("model.lock.json");
  }

  @Test
  void anIncompleteFolderIsRefusedWithTheNameOfWhatIsMissing() throws Exception {
    Files.delete(source.resolve("tokenizer.json"));

    assertThatThrownBy(() -> importer().importFrom(source, "whisper-tiny"))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("Expected 'tokenizer.json'");
  }

  private void damage(String name) throws IOException {
    Path file = models.resolve("whisper-tiny").resolve(name);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2]++;
    Files.write(file, content);
  }

  private ModelCatalog catalog() {
    return new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY);
  }

  private ModelImport importer() {
    return new ModelImport(
        new ModelAdmission(
            new ModelCatalog(models, new Checksums(), GraphPreference.LITTLE_MEMORY)),
        ImportLimits.leaving(0),
        new ManualTicker());
  }

  private static InstalledModel only(List<InstalledModel> installed) {
    assertThat(installed).hasSize(1);
    return installed.get(0);
  }
}
