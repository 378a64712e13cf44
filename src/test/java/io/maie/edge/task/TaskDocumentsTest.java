package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.asr.hallucination.HallucinationFilter;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.testing.ScriptedDecoder;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TaskDocumentsTest extends TaskScenario {
  /** With the settings and patterns that ship. */
  @Test
  void inventedTextIsListedAsRemovedAndNowhereElse() throws IOException {
    Settings shipped =
        SettingsReader.read(ScratchSettings.of(Path.of("").toAbsolutePath(), Map.of()))
            .settings()
            .orElseThrow();
    spool.engines.filteredBy(
        new HallucinationFilter(
            shipped.hallucination().orElseThrow(), shipped.hallucinationPatterns()));
    spool.engines.hearing(
        Transcript.of(
            new Language("vi", 0.97),
            List.of(
                segment(0, "C\u1EA3m \u01A1n anh \u0111\u00E3 \u0111\u1EBFn.", 0.9),
                segment(
                    1,
                    "v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng v\u00E2ng"
                        + " v\u00E2ng",
                    0.1),
                segment(2, "Em xin ph\u00E9p b\u1EAFt \u0111\u1EA7u.", 0.7),
                segment(3, "H\u00E3y subscribe cho k\u00EAnh Ghi\u1EC1n M\u00EC G\u00F5", 0.2))));
    spool.drop("a.wav", 64);
    runNext();

    JsonNode result = json("outbox/a.wav.json");
    String transcript =
        "C\u1EA3m \u01A1n anh \u0111\u00E3 \u0111\u1EBFn. Em xin ph\u00E9p b\u1EAFt \u0111\u1EA7u.";
    assertThat(result.at("/results/raw_transcript").asText()).isEqualTo(transcript);
    assertThat(home.resolve("outbox/a.wav.txt")).hasContent(transcript);
    assertThat(result.at("/results/segments").findValuesAsText("id")).containsExactly("0", "1");
    assertThat(result.at("/results/removed").findValuesAsText("rule"))
        .containsExactly("repetition", "pattern");
    assertThat(result.at("/results/removed/1/start").asDouble()).isEqualTo(3);
    assertThat(result.at("/results/removed/1/text").asText()).startsWith("H\u00E3y subscribe");
    assertThat(result.at("/results/removed/1/pattern").asText())
        .contains("ghi\u1EC1n m\u00EC g\u00F5");
    assertThat(result.at("/metrics/asr_confidence_avg").asDouble()).isEqualTo(0.8);
    assertThat(result.at("/versions/hallucination_filter/patterns/hallucinations.yaml").asText())
        .isEqualTo("sha256:" + sha256(Path.of("config", "patterns", "hallucinations.yaml")));
    assertThat(result.at("/versions/hallucination_filter/params/max_repetition").asDouble())
        .isEqualTo(0.6);
  }

  @Test
  void withoutAFilterEverythingStaysAndNoFilterIsNamed() throws IOException {
    spool.engines.hearing(Transcript.of(List.of(segment(0, "a b a b a b a b", 0.5))));
    spool.drop("a.wav", 64);
    runNext();

    JsonNode result = json("outbox/a.wav.json");
    assertThat(result.at("/results/raw_transcript").asText()).isEqualTo("a b a b a b a b");
    assertThat(result.at("/results/removed").isMissingNode()).isTrue();
    assertThat(result.at("/versions/hallucination_filter").isMissingNode()).isTrue();
  }

  @Test
  void aDocumentOfAnEarlierAttemptIsNotPublishedWithTheResult() throws IOException {
    spool = vanishingAt(FaultPoint.Step.DOCUMENT_WRITTEN);
    spool.drop("a.wav", 64);
    assertThatThrownBy(this::runNext).hasMessage("vanished");
    sidecar("a.wav", "{\"output_formats\": [\"json\"]}");

    spool = fresh();
    TaskOutcome waiting = spool.runner.run(spool.recovery.recover().get(0));
    time.advance(SETTLED);
    spool.runner.run(waiting.task());

    assertThat(spool.files("outbox")).containsExactly("a.wav.json");
  }

  @Test
  void aNameThatIsNotTextIsProcessedAndToldInHexadecimalDigits() throws IOException {
    Path inbox = home.resolve("inbox");
    Process touch =
        new ProcessBuilder("bash", "-c", "printf abcd > $'" + inbox + "/m\\xfcller.wav'")
            .inheritIO()
            .start();
    assertThat(waitFor(touch)).isZero();

    assertThat(runNext()).isInstanceOf(TaskOutcome.Published.class);

    String name =
        spool.files("outbox").stream()
            .filter(file -> file.endsWith(".json"))
            .findFirst()
            .orElseThrow();
    assertThat(json("outbox/" + name).at("/source/name_raw_hex").asText())
        .isEqualTo("6dfc6c6c65722e776176");
  }

  @Test
  void theResultNamesBothTheOriginalAndTheSafeName() throws IOException {
    String name = "ü".repeat(125) + ".wav";
    spool.drop(name, 64);

    runNext();

    String published = spool.files("outbox").get(0);
    JsonNode source = json("outbox/" + published).at("/source");
    assertThat(source.path("name").asText()).isEqualTo(name);
    assertThat(source.path("safe_path").asText()).isEqualTo(published).isNotEqualTo(name + ".json");
  }

  private static Segment segment(int second, String text, double confidence) {
    SampleSpan span = new SampleSpan(second * 16_000L, (second + 1) * 16_000L);
    return new Segment(span, text, confidence, List.of());
  }

  private static String sha256(Path file) throws IOException {
    return ScriptedDecoder.sha256(Files.readAllBytes(file));
  }

  private static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
