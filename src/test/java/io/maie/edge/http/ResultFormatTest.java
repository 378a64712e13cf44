package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats of a result as the header Accept asks for them. */
final class ResultFormatTest {
  @TempDir Path home;
  private ScratchApi api;
  private String id = "";

  @BeforeEach
  void finish() throws Exception {
    api = ScratchApi.start(home, ScratchApi.options());
    id = api.finished();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void theTypeThatIsLikedBestIsSent() throws Exception {
    assertThat(type("text/vtt")).startsWith("text/vtt");
    assertThat(type("application/json;q=0.1, text/vtt;q=0.5, text/plain;q=0.9"))
        .startsWith("text/plain");
    assertThat(type("application/pdf, application/x-subrip;q=0.2"))
        .startsWith("application/x-subrip");
  }

  @Test
  void aRangeOfTypesMeansTheFirstOfThem() throws Exception {
    assertThat(type("*/*")).isEqualTo("application/json");
    assertThat(type("text/*")).startsWith("text/plain");
    assertThat(type("image/avif,*/*;q=0.8")).isEqualTo("application/json");
  }

  @Test
  void othersThanTheTypesOfResultsAreRefusedWithTheListOfThese() throws Exception {
    HttpResponse<String> answer = accepting("image/png, text/vtt;q=0");

    assertThat(answer.statusCode()).isEqualTo(406);
    assertThat(json(answer).path("hint").asText()).contains("text/vtt", "application/json");
  }

  private String type(String accept) throws IOException, InterruptedException {
    return accepting(accept).headers().firstValue("Content-Type").orElseThrow();
  }

  private HttpResponse<String> accepting(String types) throws IOException, InterruptedException {
    return api.send(api.keyed("/v1/tasks/" + id + "/result").header("Accept", types).build());
  }
}
