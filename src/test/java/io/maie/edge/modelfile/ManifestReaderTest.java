package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestReaderTest {
  private static final String WHOLE =
      """
      {"schema_version": 1, "name": "n", "task": "asr", "family": "ctc", "sample_rate": 16000,
       "languages": ["en"],
       "files": {"sub/model.onnx": {"bytes": 5,
         "sha256": "0000000000000000000000000000000000000000000000000000000000000000"}},
       "ctc": {"model": "sub/model.onnx", "decoder": {"beam_size": 7, "type": "beam"}}}
      """;

  @TempDir Path folder;

  @Test
  void aWholeManifestIsRead() throws Exception {
    Manifest manifest = parse(WHOLE);

    assertThat(manifest.task()).isEqualTo(ModelTask.ASR);
    assertThat(manifest.languages()).containsExactly("en");
    assertThat(manifest.shipped()).isFalse();
    assertThat(manifest.bytes()).isEqualTo(5);
    assertThat(manifest.settings().section("decoder").integer("beam_size")).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"schema_version\": 1 | \"schema_version\": 2 | schema_version",
        "\"task\": \"asr\" | \"task\": \"as\" | one of asr, vad",
        "\"name\": \"n\" | \"nam\": \"n\" | nam",
        "\"family\": \"ctc\" | \"family\": \"../x\" | family",
        "\"bytes\": 5 | \"bytes\": -5 | files.sub/model.onnx",
        "\"bytes\": 5 | \"bytes\": \"5\" | files.sub/model.onnx.bytes",
        "\"sub/model.onnx\": { | \"../model.onnx\": { | ../model.onnx",
        "\"sub/model.onnx\": { | \"/etc/passwd\": { | /etc/passwd",
        "\"sample_rate\": 16000 | \"sample_rate\": 8000 | sample_rate",
        "\"languages\": [\"en\"] | \"languages\": [1] | languages",
      })
  void aMistakeIsReportedWithFileAndKey(String right, String wrong, String named) {
    String json = WHOLE.replace(right, wrong);

    assertThat(json).isNotEqualTo(WHOLE);
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(
            ProcessingException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.MODEL_LOAD_ERROR))
        .hasMessageContaining("there/manifest.json")
        .hasMessageContaining(named);
  }

  @Test
  void aDuplicateKeyIsRefused() {
    String json = WHOLE.replace("\"name\": \"n\"", "\"name\": \"n\", \"name\": \"m\"");

    assertThatThrownBy(() -> parse(json)).hasMessageContaining("name");
  }

  @Test
  void aSectionComplainsWithTheWholeKey() throws Exception {
    ManifestSection decoder = parse(WHOLE).settings().section("decoder");

    assertThatThrownBy(() -> decoder.requireOnly("type")).hasMessageContaining("ctc.decoder.beam");
    assertThatThrownBy(() -> decoder.text("beam_size"))
        .hasMessageContaining("Expected a text, found 7: key 'ctc.decoder.beam_size'");
    assertThatThrownBy(() -> decoder.number("absent")).hasMessageContaining("found nothing");
  }

  private Manifest parse(String json) throws ProcessingException, IOException {
    Path there = Files.createDirectories(folder.resolve("there"));
    Files.writeString(there.resolve(Manifest.FILE_NAME), json);
    return ManifestReader.read(there);
  }
}
