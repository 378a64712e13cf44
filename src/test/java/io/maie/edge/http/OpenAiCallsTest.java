package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** OpenAI's calls, and what they say about what is installed. */
final class OpenAiCallsTest extends ApiScenario {
  private static final String TRANSCRIPTIONS = "/v1/audio/transcriptions";

  @Test
  void theTextIsTheAnswer() throws Exception {
    JsonNode answer = json(send(TRANSCRIPTIONS, "model", "whisper-1"));

    assertThat(answer.path("text").asText()).startsWith("heard ");
    assertThat(answer.at("/usage/type").asText()).isEqualTo("duration");
  }

  @Test
  void wordsComeWhenTheyAreAskedFor() throws Exception {
    JsonNode words =
        json(
            send(
                TRANSCRIPTIONS,
                "response_format",
                "verbose_json",
                "timestamp_granularities[]",
                "word"));
    JsonNode segments = json(send(TRANSCRIPTIONS, "response_format", "verbose_json"));

    assertThat(words.has("segments")).isFalse();
    assertThat(words.at("/words/0/end").asDouble()).isPositive();
    assertThat(segments.has("words")).isFalse();
    assertThat(segments.at("/segments/0/avg_logprob").asDouble()).isNegative();
    assertThat(segments.at("/segments/0/tokens").isArray()).isTrue();
  }

  @Test
  void anInstalledNameMeansThatModel() throws Exception {
    String id =
        json(send(TRANSCRIPTIONS, "model", "tiny-en", "vad_threshold", "0.25"))
            .path("text")
            .asText();
    JsonNode last = json(api.get("/v1/tasks")).at("/ended/0");
    JsonNode status = json(api.get("/v1/status/" + last.path("task_id").asText()));

    assertThat(id).isNotEmpty();
    assertThat(status.at("/result/parameters/asr_model").asText()).isEqualTo("tiny-en");
    assertThat(status.at("/result/parameters/vad_threshold").asDouble()).isEqualTo(0.25);
  }

  @Test
  void aNameThatIsNotInstalledIsAnsweredWithThoseThatAre() throws Exception {
    HttpResponse<String> answer = send(TRANSCRIPTIONS, "model", "unheard-of");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).at("/error/message").asText()).contains("tiny-en", "whisper-small");
    assertThat(json(answer).at("/error/param").asText()).isEqualTo("model");
  }

  @Test
  void aModelThatCannotTranslateIsRefused() throws Exception {
    HttpResponse<String> refused = send("/v1/audio/translations", "model", "tiny-en");
    HttpResponse<String> translated =
        send("/v1/audio/translations", "response_format", "verbose_json");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(json(refused).at("/error/param").asText()).isEqualTo("model");
    assertThat(json(translated).path("task").asText()).isEqualTo("translate");
    assertThat(json(translated).path("language").asText()).isEqualTo("english");
  }

  @Test
  void anUnknownParameterIsNamed() throws Exception {
    HttpResponse<String> answer = send(TRANSCRIPTIONS, "temprature", "0");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/param").asText()).isEqualTo("temprature");
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
  }

  @Test
  void aFailureOfTheRecordingHasItsCode() throws Exception {
    api.daemon.spool.engines.on(
        Stage.DECODE,
        context -> {
          throw new ProcessingException(FailureCode.UNSUPPORTED_CODEC, "scripted failure");
        });

    HttpResponse<String> answer = send(TRANSCRIPTIONS);
    HttpResponse<String> streamed = send(TRANSCRIPTIONS, "stream", "true");

    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("UNSUPPORTED_CODEC");
    assertThat(streamed.body()).startsWith("data: {\"error\":").contains("UNSUPPORTED_CODEC");
  }

  @Test
  void aLanguageThatNoModelKnowsIsTheFaultOfTheRequest() throws Exception {
    api.daemon.spool.engines.on(
        Stage.ASR,
        context -> {
          throw new ProcessingException(FailureCode.LANGUAGE_UNSUPPORTED, "no model knows 'vi'");
        });

    HttpResponse<String> answer =
        send(TRANSCRIPTIONS, "language", "vi", "enable_diarization", "true");
    HttpResponse<String> streamed = send(TRANSCRIPTIONS, "language", "vi", "stream", "true");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(json(answer).at("/error/code").asText()).isEqualTo("LANGUAGE_UNSUPPORTED");
    assertThat(json(answer).at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(json(answer).at("/error/message").asText()).contains("vi");
    assertThat(streamed.body()).startsWith("data: {\"error\":").contains("LANGUAGE_UNSUPPORTED");
  }

  @Test
  void speakersComeAtOnceOrAsAStreamOfSegments() throws Exception {
    JsonNode answer = json(send(TRANSCRIPTIONS, "response_format", "diarized_json"));
    JsonNode words =
        json(
            send(
                TRANSCRIPTIONS,
                "response_format",
                "verbose_json",
                "timestamp_granularities[]",
                "word",
                "enable_diarization",
                "true"));
    HttpResponse<String> streamed =
        send(TRANSCRIPTIONS, "response_format", "diarized_json", "stream", "true");

    assertThat(answer.at("/segments/0/speaker").asText()).isEqualTo("S1");
    assertThat(words.at("/words/0/word").asText()).isNotEmpty();
    List<String> events =
        streamed.body().lines().filter(line -> line.startsWith("data: ")).toList();
    assertThat(events)
        .anyMatch(event -> event.contains("\"transcript.text.segment\"") && event.contains("S1"));
    assertThat(events.get(events.size() - 1)).contains("\"transcript.text.done\"");
  }

  @Test
  void modelsAndTemplatesAreListed() throws Exception {
    JsonNode models = json(api.get("/v1/models"));

    assertThat(models.at("/data/0/id").asText()).isEqualTo("tiny-en");
    assertThat(models.at("/data/0/in_use").asBoolean()).isTrue();
    assertThat(json(api.get("/v1/models/whisper-small")).path("family").asText())
        .isEqualTo("whisper");
    assertThat(api.get("/v1/models/none").statusCode()).isEqualTo(404);
    assertThat(json(api.get("/v1/templates")).at("/templates/1/problems/0").asText())
        .isEqualTo("torn: there is no schema");
    assertThat(json(api.get("/v1/templates/minutes")).at("/example/a").asInt()).isEqualTo(1);
    assertThat(api.get("/v1/templates/none").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> send(String path, String... fields) throws Exception {
    return api.send(api.form(path, 64, fields));
  }
}
