package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.testing.OrdinaryUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelCatalogTest {
  @TempDir Path models;

  @Test
  void aWholeModelIsOk() throws Exception {
    ModelFolders.write(models, "whole", false, 100);

    assertThat(only(catalog().list()).state().kind()).isEqualTo(ModelState.Kind.OK);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Path folder = ModelFolders.write(models, "incomplete", false, 100);
    Files.delete(folder.resolve(ModelFolders.MODEL_FILE));

    ModelState state = only(catalog().list()).state();

    assertThat(state.kind()).isEqualTo(ModelState.Kind.INCOMPLETE);
    assertThat(state.reason()).contains(ModelFolders.MODEL_FILE);
  }

  @Test
  void aShortenedFileIsDamaged() throws Exception {
    Path folder = ModelFolders.write(models, "short", false, 100);
    Files.write(folder.resolve(ModelFolders.MODEL_FILE), new byte[99]);

    ModelState state = only(catalog().list()).state();

    assertThat(state.kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(state.reason()).contains("Expected 100 bytes, found 99");
  }

  @Test
  void aChangedByteIsDamage() throws Exception {
    Path folder = ModelFolders.write(models, "changed", false, 100);
    byte[] content = new byte[100];
    content[50] = 1;
    Files.write(folder.resolve(ModelFolders.MODEL_FILE), content);

    assertThat(only(catalog().list()).state().kind()).isEqualTo(ModelState.Kind.DAMAGED);
  }

  @Test
  void verifyingFindsDamageThatLeftSizeAndTimeAlone() throws Exception {
    Path file = ModelFolders.write(models, "rotten", false, 100).resolve(ModelFolders.MODEL_FILE);
    ModelCatalog catalog = catalog();
    assertThat(only(catalog.list()).state().isOk()).isTrue();
    FileTime modified = Files.getLastModifiedTime(file);
    byte[] content = new byte[100];
    content[50] = 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, modified);

    assertThat(only(catalog.list()).state().isOk()).as("from memory").isTrue();
    assertThat(only(catalog.verify()).state().kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(only(catalog.list()).state().kind()).isEqualTo(ModelState.Kind.DAMAGED);
  }

  @Test
  void aFolderWithoutManifestIsUnknown() throws Exception {
    Files.createDirectories(models.resolve("odd"));
    Files.writeString(models.resolve("odd").resolve("README"), "hello");

    assertThat(only(catalog().list()).state().kind()).isEqualTo(ModelState.Kind.UNKNOWN_LAYOUT);
  }

  @Test
  void aBrokenManifestIsDamage() throws Exception {
    Files.createDirectories(models.resolve("broken"));
    Files.writeString(models.resolve("broken").resolve("manifest.json"), "{\"schema_version\": 1");

    assertThat(only(catalog().list()).state().kind()).isEqualTo(ModelState.Kind.DAMAGED);
  }

  @Test
  void aBareSileroFileIsKnown() throws Exception {
    byte[] content = {1, 2, 3};
    Files.createDirectories(models.resolve("silero"));
    Files.write(models.resolve("silero").resolve("silero_vad.onnx"), content);

    ModelFolder folder = catalog().choose(ModelWish.ofInstallation(ModelTask.VAD, null, null));

    ManifestSection settings = folder.manifest().settings();
    assertThat(folder.manifest().family()).isEqualTo("silero");
    assertThat(folder.file(settings, "model")).hasBinaryContent(content);
    assertThat(folder.checkpointHash(settings, "model"))
        .isEqualTo("sha256:" + ModelFolders.sha256(content));
  }

  @Test
  void aHiddenFolderAndALooseFileAreNotModels() throws Exception {
    Files.createDirectories(models.resolve(".staging"));
    Files.writeString(models.resolve(".gitkeep"), "");

    assertThat(catalog().list()).isEmpty();
  }

  @Test
  void noFolderHoldsNoModel() throws Exception {
    assertThat(new ModelCatalog(models.resolve("absent"), new Checksums()).list()).isEmpty();
  }

  @Test
  void theOnlyModelIsChosenThoughItShips() throws Exception {
    ModelFolders.write(models, "shipped", true, 100);
    ModelFolders.writeVad(models, "vad");

    assertThat(chosen(null, null)).isEqualTo("shipped");
  }

  @Test
  void theLargestOfTheAddedModelsIsChosen() throws Exception {
    ModelFolders.write(models, "a-shipped", true, 1000);
    ModelFolders.write(models, "b-small", false, 100);
    ModelFolders.write(models, "c-large", false, 200);

    assertThat(chosen(null, null)).isEqualTo("c-large");
  }

  @Test
  void aModelThatKnowsTheLanguageIsChosenBeforeALargerOneThatDoesNot() throws Exception {
    ModelFolders.write(models, "english", false, 1000);
    ModelFolders.writeFor(models, "vietnamese", "vi", 100);

    assertThat(explained("vi").folder().name()).isEqualTo("vietnamese");
    assertThat(explained("en").folder().name()).isEqualTo("english");
    assertThat(explained(null).folder().name()).isEqualTo("english");
  }

  @Test
  void theRuleThatDecidedIsNamed() throws Exception {
    ModelFolders.write(models, "a-shipped", true, 1000);
    assertThat(explained(null).reason()).isEqualTo("the only one");
    ModelFolders.write(models, "b-added", false, 100);
    assertThat(explained(null).reason()).isEqualTo("added here, and so preferred");
    ModelFolders.write(models, "c-added", false, 200);
    assertThat(explained(null).reason()).isEqualTo("the largest of those added here");
    assertThat(explained(null).folder().name()).isEqualTo("c-added");
  }

  @Test
  void aLanguageThatNoModelKnowsIsTheRecordingsFaultWithAWayOut() throws Exception {
    ModelFolders.write(models, "english", true, 100);
    String inventory = catalog().inventory(ModelTask.ASR);

    assertThat(inventory).isEqualTo("english:100");
    assertThatThrownBy(() -> explained("vi"))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.LANGUAGE_UNSUPPORTED);
              assertThat(e.hint().orElseThrow()).contains("models pull whisper-base");
              assertThat(e.details())
                  .containsEntry("language", "vi")
                  .containsEntry("installed_models", inventory);
            })
        .hasMessage(
            "None of the installed models knows the language 'vi'; installed: 'english' (en)");
  }

  @Test
  void noWhisperModelIsRecommendedForALanguageThatItDoesNotKnow() throws Exception {
    ModelFolders.write(models, "english", true, 100);

    assertThatThrownBy(() -> explained("zu"))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.hint().orElseThrow()).doesNotContain("whisper-base"));
  }

  @Test
  void aModelAskedForByNameIsNotReplacedForItsLanguage() throws Exception {
    ModelFolders.write(models, "english", false, 100);
    ModelFolders.writeFor(models, "vietnamese", "vi", 100);

    assertThatThrownBy(
            () ->
                catalog()
                    .choose(
                        ModelWish.ofRecording(ModelTask.ASR, null, "english", null)
                            .withLanguages(List.of("vi"))))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.LANGUAGE_UNSUPPORTED));
  }

  @Test
  void aModelNamedInTheSettingsGivesWayToOneThatKnowsTheLanguage() throws Exception {
    ModelFolders.write(models, "english", false, 100);
    ModelFolders.writeFor(models, "vietnamese", "vi", 100);
    ModelWish wish = ModelWish.ofInstallation(ModelTask.ASR, null, "english");

    assertThat(catalog().choose(wish.withLanguages(List.of("vi"))).name()).isEqualTo("vietnamese");
    assertThat(catalog().choose(wish.withLanguages(List.of("en"))).name()).isEqualTo("english");
  }

  @Test
  void aDamagedModelIsPassedOverForAnotherFullModel() throws Exception {
    ModelFolders.write(models, "small", false, 100);
    damage(ModelFolders.write(models, "large", false, 200));

    assertThat(chosen(null, null)).isEqualTo("small");
  }

  @Test
  void aDamagedModelIsNeverReplacedInSilenceByOneThatShips() throws Exception {
    ModelFolders.write(models, "shipped", true, 100);
    damage(ModelFolders.write(models, "large", false, 200));

    assertThatThrownBy(() -> chosen(null, null))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("'large'");
  }

  @Test
  void anUnreadableManifestIsNeverReplacedInSilenceByOneThatShips() throws Exception {
    ModelFolders.write(models, "shipped", true, 100);
    Files.writeString(
        ModelFolders.write(models, "large", false, 200).resolve(Manifest.FILE_NAME), "{");

    assertThatThrownBy(() -> chosen(null, null)).hasMessageContaining("'large'");
  }

  @Test
  void aModelOfSpeechThatLacksAGraphDoesNotStandInTheWayOfTheDetector() throws Exception {
    ModelFolders.write(models, "shipped", true, 100);
    ModelFolders.writeShippedVad(models, "silero-vad");
    Path whisper = ModelFolders.writeWhisper(models, "whisper");
    PathUtils.deleteDirectory(whisper.resolve("onnx"));

    ModelWish detector = ModelWish.ofInstallation(ModelTask.VAD, "silero", null);
    assertThat(catalog().choose(detector).name()).isEqualTo("silero-vad");
    assertThatThrownBy(() -> chosen(null, null)).hasMessageContaining("'whisper'");
  }

  @Test
  void aFileThatMayNotBeReadIsDamageOfItsModelAlone() throws Exception {
    ModelFolders.write(models, "good", false, 100);
    forbid(ModelFolders.write(models, "locked", false, 200).resolve(ModelFolders.MODEL_FILE));

    assertThat(OrdinaryUser.call(() -> chosen(null, null))).isEqualTo("good");
    assertThat(OrdinaryUser.call(() -> catalog().list().get(1).state()))
        .returns(ModelState.Kind.DAMAGED, ModelState::kind)
        .extracting(ModelState::reason, InstanceOfAssertFactories.STRING)
        .contains("the permission is missing", ModelFolders.MODEL_FILE);
  }

  @Test
  void aFolderInsideAModelThatMayNotBeReadIsDamageOfItsModelAlone() throws Exception {
    ModelFolders.write(models, "good", false, 100);
    forbid(ModelFolders.writeWhisper(models, "locked").resolve("onnx"));

    assertThat(OrdinaryUser.call(() -> chosen(null, null))).isEqualTo("good");
  }

  @Test
  void aModelThatMayNotBeReadIsNeverReplacedInSilenceByOneThatShips() throws Exception {
    ModelFolders.write(models, "shipped", true, 100);
    forbid(ModelFolders.write(models, "large", false, 200));

    assertThatThrownBy(() -> OrdinaryUser.call(() -> chosen(null, null)))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("'large'");
  }

  @Test
  void modelsThatMayNotBeListedAreTheInstallationsFault() throws Exception {
    Path closed = Files.createDirectory(models.resolve("closed"));
    forbid(closed);
    ModelCatalog catalog = new ModelCatalog(closed, new Checksums());

    assertThatThrownBy(
            () ->
                OrdinaryUser.call(
                    () -> catalog.choose(ModelWish.ofInstallation(ModelTask.ASR, null, null))))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR));
  }

  @Test
  void theConfiguredModelIsChosen() throws Exception {
    ModelFolders.write(models, "small", false, 100);
    ModelFolders.write(models, "large", false, 200);

    assertThat(chosen(null, "small")).isEqualTo("small");
    assertThat(chosen("large", "small")).isEqualTo("large");
  }

  @Test
  void anAbsentModelIsBlamedOnThePartyThatNamedIt() throws Exception {
    ModelFolders.write(models, "small", false, 100);

    assertThat(codeOf("absent", null)).isEqualTo(FailureCode.INVALID_PARAMETERS);
    assertThat(codeOf(null, "absent")).isEqualTo(FailureCode.MODEL_MISSING);
  }

  /** The program runs one family of detectors, which is no wish of the recording. */
  @Test
  void anInstallationWithoutTheOnlyFamilyLacksAModel() throws Exception {
    ModelFolders.write(models, "speech", true, 100);
    ModelWish detector = ModelWish.ofInstallation(ModelTask.VAD, "silero", null);
    ModelWish configured = ModelWish.ofInstallation(ModelTask.VAD, "silero", "speech");

    assertThat(codeOf(detector)).isEqualTo(FailureCode.MODEL_MISSING);
    assertThat(codeOf(configured)).isEqualTo(FailureCode.MODEL_MISSING);
  }

  @Test
  void aModelOfAnotherTaskIsRefused() throws Exception {
    ModelFolders.writeVad(models, "vad");

    assertThat(codeOf("vad", null)).isEqualTo(FailureCode.INVALID_PARAMETERS);
    assertThat(codeOf(null, null)).isEqualTo(FailureCode.MODEL_MISSING);
  }

  @Test
  void aFamilyThatTheRecordingAsksForOverrulesTheSettings() throws Exception {
    ModelFolders.write(models, "ctc-model", false, 100);
    ModelWish ctc = ModelWish.ofRecording(ModelTask.ASR, "ctc", null, "ctc-model");
    ModelWish whisper = ModelWish.ofRecording(ModelTask.ASR, "whisper", null, "ctc-model");

    assertThat(catalog().choose(ctc).name()).isEqualTo("ctc-model");
    assertThatThrownBy(() -> catalog().choose(whisper))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETERS);
              assertThat(e.hint().orElseThrow()).contains("'maie-edge models pull whisper-base'");
            })
        .hasMessageContaining("whisper");
  }

  @Test
  void twoLooksAtAnUnchangedModelAreEqual() throws Exception {
    ModelFolders.write(models, "same", false, 100);

    assertThat(catalog().list()).isEqualTo(catalog().list());
  }

  private ModelCatalog catalog() {
    return new ModelCatalog(models, new Checksums());
  }

  private String chosen(@Nullable String asked, @Nullable String configured) throws Exception {
    return catalog().choose(ModelWish.ofRecording(ModelTask.ASR, null, asked, configured)).name();
  }

  private FailureCode codeOf(@Nullable String asked, @Nullable String configured) throws Exception {
    return codeOf(ModelWish.ofRecording(ModelTask.ASR, null, asked, configured));
  }

  private FailureCode codeOf(ModelWish wish) {
    try {
      catalog().choose(wish);
    } catch (ProcessingException e) {
      return e.code();
    }
    throw new AssertionError("expected a failure");
  }

  private static void forbid(Path path) throws IOException {
    Files.setPosixFilePermissions(path, Set.of());
  }

  private static void damage(Path folder) throws Exception {
    Files.write(folder.resolve(ModelFolders.MODEL_FILE), new byte[] {1});
  }

  private static InstalledModel only(List<InstalledModel> installed) {
    assertThat(installed).hasSize(1);
    return installed.get(0);
  }

  private ChosenModel explained(@Nullable String language) throws ProcessingException {
    return catalog()
        .explained(
            ModelWish.ofInstallation(ModelTask.ASR, null, null)
                .withLanguages(Stream.ofNullable(language).toList()));
  }
}
