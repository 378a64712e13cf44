package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.ParameterReader;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaskParametersTest extends TaskScenario {
  @Test
  void aBadSidecarFailsItsRecordingAndNamesTheField() throws IOException {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{\"vad_treshold\": 0.5}");

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("INVALID_PARAMETERS");
    assertThat(json("failed/a.wav.error.json").at("/error/message").asText())
        .contains("vad_treshold");
    assertThat(home.resolve("failed/a.wav.job.json")).exists();
  }

  @Test
  void aTemplateThatDoesNotExistFailsItsRecordingWhetherASummaryIsWantedOrNot() throws IOException {
    spool.drop("a.wav", 64);
    sidecar("a.wav", "{\"template_id\": \"no_such_template\"}");

    runNext();

    assertThat(json("failed/a.wav.error.json").at("/error/code").asText())
        .isEqualTo("INVALID_PARAMETERS");
    assertThat(json("failed/a.wav.error.json").at("/error/message").asText())
        .startsWith("template_id: ")
        .contains("no_such_template");
  }

  @Test
  void aDefaultThatNamesNoTemplateFailsNoRecordingThatNeedsNone() throws IOException {
    ParameterLayer layer =
        ParameterReader.check(
            "settings", Map.of("template_id", "no_such_template"), field -> "settings");
    RecordingParameters defaults =
        ((ValidatedParameters.Valid)
                ValidatedParameters.merge(RecordingParameters.DEFAULTS, List.of(layer)))
            .parameters();
    TaskSettings settings = new TaskSettings(defaults, TaskLimits.DEFAULTS);
    spool = new ScratchSpool(home, new TaskClock(time, time), settings, FaultPoint.disabled());
    spool.drop("a.wav", 64);

    runNext();

    assertThat(spool.files("outbox")).contains("a.wav.json");
  }

  @Test
  void aFolderProfileRulesItsFolder() throws IOException {
    spool.drop("quiet/a.wav", 64);
    Files.writeString(home.resolve("inbox/quiet/_folder.yaml"), "output_formats: [vtt]\n");

    runNext();

    assertThat(spool.files("outbox")).containsExactly("quiet/a.wav.json", "quiet/a.wav.vtt");
  }
}
