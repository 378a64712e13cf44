package io.maie.edge.asr;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.request.AsrBackend;
import io.maie.edge.testing.ScriptedRecognizer;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InstalledRecognizersTest {
  @TempDir Path models;

  private final List<String> opened = new ArrayList<>();
  private final List<Path> unloaded = new ArrayList<>();

  @BeforeEach
  void installTwoModels() throws IOException {
    install("large", "ctc", "a graph of some size");
    install("small", "ctc", "a graph");
  }

  @Test
  void theLargestIsOpenedOnceAndKept() throws Exception {
    RecognizerChoice choice = choice(null);

    SpeechRecognizer first =
        choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of())).recognizer();

    assertThat(choice.choose(new RecognizerWish(AsrBackend.CTC, null, List.of())).recognizer())
        .isSameAs(first);
    assertThat(opened).containsExactly("large");
  }

  @Test
  void theRecordingsWishComesBeforeTheSettings() throws Exception {
    RecognizerChoice choice = choice("small");

    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()));
    choice.choose(new RecognizerWish(AsrBackend.AUTO, "large", List.of()));

    assertThat(opened).containsExactly("small", "large");
  }

  @Test
  void aModelThatWasReplacedIsOpenedAgain() throws Exception {
    RecognizerChoice choice = choice(null);
    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()));
    install("large", "ctc", "another graph, larger than before");

    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()));

    assertThat(opened).containsExactly("large", "large");
  }

  @Test
  void theModelBeforeIsUnloadedWhenAnotherIsChosen() throws Exception {
    RecognizerChoice choice = choice(null);
    choice.choose(new RecognizerWish(AsrBackend.AUTO, "large", List.of()));
    choice.choose(new RecognizerWish(AsrBackend.AUTO, "large", List.of()));
    assertThat(unloaded).isEmpty();

    choice.choose(new RecognizerWish(AsrBackend.AUTO, "small", List.of()));

    assertThat(unloaded).containsExactly(models.resolve("large"));
  }

  @Test
  void aModelIsOpenWithMuchMemoryOrWithLittleAndNotTwice() throws Exception {
    RecognizerChoice choice = choice("small");
    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()));

    SpeechRecognizer first =
        choice
            .sparingMemory()
            .choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()))
            .recognizer();
    assertThat(
            choice
                .sparingMemory()
                .choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()))
                .recognizer())
        .isSameAs(first);
    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of()));

    assertThat(opened).containsExactly("small", "small sparingly", "small");
    assertThat(unloaded).containsExactly(models.resolve("small"), models.resolve("small"));
  }

  @Test
  void aBackendThatIsNotInstalledIsTheRecordingsFault() {
    assertThatThrownBy(
            () -> choice(null).choose(new RecognizerWish(AsrBackend.WHISPER, null, List.of())))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETERS));
  }

  @Test
  void theModelThatAloneKnowsTheLanguageIsUsedForIt() throws Exception {
    install("vietnamese", "ctc", "a", "vi");
    install("english", "ctc", "a graph of more bytes than the others", "en");
    RecognizerChoice choice = choice("english");

    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of("vi")));
    choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of("en")));

    assertThat(opened).containsExactly("large", "english");
    assertThat(
            choice
                .choose(new RecognizerWish(AsrBackend.AUTO, "vietnamese", List.of("vi")))
                .languages())
        .containsExactly("vi");
  }

  @Test
  void aFamilyThatThisVersionCannotRunIsNamed() throws Exception {
    install("other", "rnnt", "a graph");

    assertThatThrownBy(
            () -> choice("other").choose(new RecognizerWish(AsrBackend.AUTO, null, List.of())))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("'rnnt'")
        .hasMessageContaining("[ctc]");
  }

  @Test
  void aDescriptionThatCannotBeReadIsTheModelsFault() {
    RecognizerFamily unreadable =
        folder -> {
          throw new MalformedInputException(1);
        };
    RecognizerChoice choice =
        new InstalledRecognizers(
            new ModelCatalog(models, new Checksums()),
            new InstalledRecognizers.Families(Map.of("ctc", unreadable), Map.of()),
            null,
            unloaded::add);

    assertThatThrownBy(() -> choice.choose(new RecognizerWish(AsrBackend.AUTO, null, List.of())))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("'large'");
  }

  private RecognizerChoice choice(@Nullable String configured) {
    RecognizerFamily family =
        folder -> {
          opened.add(folder.name());
          return recognizer();
        };
    RecognizerFamily sparing =
        folder -> {
          opened.add(folder.name() + " sparingly");
          return recognizer();
        };
    return new InstalledRecognizers(
        new ModelCatalog(models, new Checksums()),
        new InstalledRecognizers.Families(Map.of("ctc", family), Map.of("ctc", sparing)),
        configured,
        unloaded::add);
  }

  private void install(String name, String family, String graph, String... languages)
      throws IOException {
    Path folder = Files.createDirectories(models.resolve(name));
    Files.writeString(folder.resolve("model.onnx"), graph);
    Files.writeString(
        folder.resolve("manifest.json"),
        """
        {"schema_version": 1, "name": "n", "task": "asr", "family": "%s", "sample_rate": 16000,
         "languages": [%s], "%s": {"model": "model.onnx"}}
        """
            .formatted(
                family,
                Arrays.stream(languages).map(code -> '"' + code + '"').collect(joining(",")),
                family));
  }

  private static SpeechRecognizer recognizer() {
    return new ScriptedRecognizer(context -> {});
  }
}
