package io.maie.edge.modelfile.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishedModelsTest {
  private static final PublishedModels KNOWN =
      new PublishedModels(
          List.of(new PublishedModel("tiny", "acme/tiny-onnx", "English", "MIT", 44, "")));

  @Test
  void everyShippedEntryCanBePulled() throws Exception {
    PublishedModels shipped = PublishedModels.shipped();

    assertThat(shipped.names()).doesNotHaveDuplicates().contains("whisper-tiny", "whisper-base");
    assertThat(shipped.all())
        .allSatisfy(
            model -> {
              assertThat(ModelReference.parse(model.name(), shipped))
                  .contains(new ModelReference(model.repository(), "main"));
              assertThat(model.name()).matches("[a-z0-9][a-z0-9.-]{0,63}");
              assertThat(model.license())
                  .isIn("Apache-2.0", "MIT", "CC-BY-4.0", "FunASR", "gemma", "llama3.2");
              assertThat(model.megabytes()).isPositive();
            });
  }

  /** Their decoders are rewritten to time words, so that special exports are not needed. */
  @Test
  void ordinaryExportsAreNamed() throws Exception {
    assertThat(PublishedModels.shipped().all())
        .extracting(PublishedModel::repository)
        .contains("onnx-community/whisper-base", "onnx-community/moonshine-base-ONNX")
        .noneMatch(repository -> repository.endsWith("_timestamped"));
  }

  @Test
  void aShortNameStandsForItsRepository() {
    assertThat(ModelReference.parse("tiny@v1", KNOWN))
        .contains(new ModelReference("acme/tiny-onnx", "v1"));
    assertThat(ModelReference.parse("unknown", KNOWN)).isEmpty();
  }

  @Test
  void anyRepositoryCanBeWritten() {
    assertThat(ModelReference.parse("other/model@refs/pr/1", KNOWN))
        .contains(new ModelReference("other/model", "refs/pr/1"));
    assertThat(new ModelReference("other/model", "main").shortName()).isEqualTo("model");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@x",
        "a/b/c",
        "../b",
        "a/..",
        "a/b@../c",
        "a/b@",
        "a b/c",
        "/b",
        "a/",
        "-a/b"
      })
  void aMalformedRepositoryIsRefused(String text) {
    assertThatThrownBy(() -> ModelReference.parse(text, KNOWN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
