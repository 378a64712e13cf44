package io.maie.edge.http;

import static io.maie.edge.http.ScratchApi.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.request.OutputFormat;
import io.maie.edge.request.Parameters;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two descriptions of the API, for programs and for people, name what there is. */
final class OpenApiTest {
  private static final Path GUIDE = Path.of("docs", "API.md");
  private static final Pattern CALL = Pattern.compile("`?(GET|POST|DELETE) (/[A-Za-z0-9_/{}.-]*)");

  @TempDir Path home;

  @Test
  void theDocumentDescribesEveryCallAndNoOther() throws Exception {
    try (ScratchApi api = ScratchApi.start(home, ScratchApi.options())) {
      JsonNode document = json(api.send(api.request("/openapi.json").build()));
      List<String> described = new ArrayList<>();
      for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
        path.getValue()
            .fieldNames()
            .forEachRemaining(
                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey()));
      }

      assertThat(described)
          .containsExactlyInAnyOrderElementsOf(
              api.routes().all().stream()
                  .map(route -> route.method() + " " + route.path())
                  .toList());
      assertThat(document.path("openapi").asText()).startsWith("3.1");
      assertThat(document.at("/components/schemas/Recording/properties").properties())
          .extracting(Map.Entry::getKey)
          .containsAll(Parameters.all().keySet());
    }
  }

  @Test
  void theDocumentNamesEveryFormatOfAResult() throws Exception {
    try (ScratchApi api = ScratchApi.start(home, ScratchApi.options())) {
      JsonNode document = json(api.send(api.request("/openapi.json").build()));

      List<String> formats = new ArrayList<>();
      document
          .path("paths")
          .path("/v1/tasks/{task_id}/result.{format}")
          .findValue("enum")
          .forEach(format -> formats.add(format.asText()));
      assertThat(formats)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(OutputFormat.values()).map(OutputFormat::label).toList());
    }
  }

  @Test
  void theGuideNamesEveryCallForPrograms() throws Exception {
    String guide = Files.readString(GUIDE, StandardCharsets.UTF_8);
    try (ScratchApi api = ScratchApi.start(home, ScratchApi.options())) {
      List<String> paths =
          api.routes().all().stream()
              .map(route -> route.path().replace("{format}", OutputFormat.TXT.label()))
              .filter(path -> path.startsWith("/v1/"))
              .toList();

      assertThat(paths).hasSizeGreaterThan(10).allMatch(guide::contains);
    }
  }

  @Test
  void theGuideNamesOnlyCallsThatThereAre() throws Exception {
    try (ScratchApi api = ScratchApi.start(home, ScratchApi.options())) {
      List<MatchResult> named =
          CALL.matcher(Files.readString(GUIDE, StandardCharsets.UTF_8)).results().toList();

      assertThat(named).isNotEmpty();
      for (MatchResult call : named) {
        assertThat(api.routes().find(call.group(1), call.group(2))).as(call.group()).isNotNull();
      }
    }
  }
}
