package io.maie.edge.text.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.Cleaning;
import io.maie.edge.result.CleanedText;
import io.maie.edge.telemetry.Check;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.correct.Corrected;
import io.maie.edge.text.correct.ModelCleaner;
import io.maie.edge.text.model.Answer;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.server.ChatServer;
import io.maie.edge.text.server.ServerCheck;
import io.maie.edge.text.server.ServerOptions;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real server, named by {@code -Dmaie.text.server}. {@code bench/llama-server} starts one of
 * llama.cpp with random weights, which writes noise within a schema, and runs these tests.
 */
@Timeout(600)
final class LlamaServerTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["title", "tags"], "additionalProperties": false,
       "properties": {"title": {"type": "string", "minLength": 1, "maxLength": 30},
         "tags": {"type": "array", "minItems": 1, "maxItems": 2,
           "items": {"enum": ["boiler", "pump"]}}}}
      """;

  private ServerOptions options;
  private ChatServer server;

  @BeforeEach
  void findServer() {
    @Nullable String address = System.getProperty("maie.text.server");
    assumeThat(address).as("-Dmaie.text.server names a server").isNotNull();
    Duration limit = Duration.ofMinutes(5);
    options =
        new ServerOptions(
            URI.create(String.valueOf(address)),
            "default",
            Optional.empty(),
            4096,
            limit,
            limit,
            2);
    server = new ChatServer(options, Ticker.system(), pause -> {});
  }

  @Test
  void decodingIsConstrainedByTheSchema() throws Exception {
    Prompt prompt = new Prompt("Sum up.", "The boiler needs a new pump.", 400, SCHEMA);
    Answer answer = server.answer(prompt, StageContext.disabled());

    assertThat(answer.isComplete()).isTrue();
    JsonNode content = JSON.readTree(answer.text());
    assertThat(content.path("title").asText()).isNotEmpty();
    assertThat(content.path("tags").get(0).asText()).isIn("boiler", "pump");
  }

  @Test
  void anAnswerThatReachesTheLimitOfTokensIsNotComplete() throws Exception {
    Prompt prompt = new Prompt("Sum up.", "The boiler needs a new pump.", 5, SCHEMA);
    assertThat(server.answer(prompt, StageContext.disabled()).isComplete()).isFalse();
  }

  @Test
  void theSchemaOfEveryTemplateIsTaken() throws Exception {
    for (CheckedTemplate checked : templates().read()) {
      Template template = checked.template().orElseThrow();
      Prompt prompt = new Prompt("Sum up.", "The boiler is cold.", 16, template.schema());

      assertThat(server.answer(prompt, StageContext.disabled()).text().strip())
          .as("noise that is constrained by " + template.id())
          .startsWith("{");
    }
  }

  @Test
  void noiseIsNotPublished() throws Exception {
    SummaryEngine engine = new FallbackEngine(new ModelEngine(server), new ExtractiveEngine());
    Template template =
        templates().find("generic_summary_en_v2").flatMap(CheckedTemplate::template).orElseThrow();
    Summarized made =
        engine.summarize(
            new SummaryInput(template, transcript(), cleaned(), Map.of()), StageContext.disabled());

    assertThat(made.summary().engine()).isEqualTo("extractive");
    assertThat(made.remarks()).hasSize(1);
    assertThat(made.remarks().get(0)).doesNotContain("status");
  }

  @Test
  void noiseCorrectsNothing() throws Exception {
    Corrected made =
        new ModelCleaner(server)
            .correct(transcript(), cleaned(), List.of(), StageContext.disabled());

    assertThat(made.cleaned().transcript()).isEqualTo(cleaned().transcript());
    assertThat(made.remarks()).isNotEmpty();
  }

  @Test
  void theDoctorSeesThatItAnswers() {
    assertThat(new ServerCheck("summaries", options, Ticker.system()).run().level())
        .isEqualTo(Check.Level.OK);
  }

  private static TemplateFolders templates() {
    return new TemplateFolders(List.of(Path.of("config", "templates")));
  }

  private static Transcript transcript() {
    String text = "The boiler needs a new pump. We agreed that Anna calls the man on Tuesday.";
    return Transcript.of(
        new Language("en", 1), List.of(new Segment(new SampleSpan(0, 80_000), text, 1, List.of())));
  }

  private static CleanedText cleaned() {
    return new TranscriptCleaner(Set.of(Cleaning.FILLERS), List.of()).clean(transcript());
  }
}
