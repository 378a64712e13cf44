package io.maie.edge.text.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.testing.LoopbackChat;
import io.maie.edge.testing.LoopbackChat.Reply;
import io.maie.edge.text.model.Answer;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ChatServerTest {
  private static final String SECRET = "the merger with Globex";
  private static final String SCHEMA = "{\"type\": \"object\", \"required\": [\"title\"]}";
  private static final Prompt PROMPT = new Prompt("Sum up.", SECRET, 100, SCHEMA);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  private final List<Duration> pauses = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @Test
  void anAnswerIsGivenAsTheServerWroteIt() throws Exception {
    try (LoopbackChat chat = LoopbackChat.giving(Reply.completion("{\"title\": \"Zoë\"}"))) {
      Answer answer = server(chat, LONG).answer(PROMPT, StageContext.disabled());

      assertThat(answer).isEqualTo(new Answer("{\"title\": \"Zoë\"}", true));
      assertThat(chat.last().target()).isEqualTo("/v1/chat/completions");
      assertThat(chat.last().message("system")).isEqualTo("Sum up.");
      assertThat(chat.last().message("user")).isEqualTo(SECRET);
      assertThat(chat.last().json().path("model").asText()).isEqualTo("tiny");
      assertThat(chat.last().json().path("max_tokens").asInt()).isEqualTo(100);
      assertThat(chat.last().json().at("/response_format/json_schema/schema/required/0").asText())
          .isEqualTo("title");
      assertThat(chat.last().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void anAnswerThatReachedTheLimitOfTokensIsNotComplete() throws Exception {
    try (LoopbackChat chat = LoopbackChat.giving(Reply.completion("{\"ti", "length"))) {
      assertThat(server(chat, LONG).answer(PROMPT, StageContext.disabled()).isComplete()).isFalse();
    }
  }

  @Test
  void theKeyIsReadFromItsFileForEachRequest() throws Exception {
    Path key = Files.writeString(folder.resolve("key"), "first\n");
    try (LoopbackChat chat = LoopbackChat.giving(Reply.completion("{}"))) {
      ChatServer server = server(options(chat.address(), LONG, Optional.of(key)));
      server.answer(PROMPT, StageContext.disabled());
      Files.writeString(key, "second");
      server.answer(PROMPT, StageContext.disabled());

      assertThat(chat.requests())
          .extracting(request -> request.headers().get("authorization"))
          .containsExactly("Bearer first", "Bearer second");
    }
  }

  @Test
  void anUnreadableKeyIsReportedWithoutARequest() throws Exception {
    Path missing = folder.resolve("missing");
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    Path lines = Files.writeString(folder.resolve("lines"), "one\ntwo");
    try (LoopbackChat chat = LoopbackChat.giving(Reply.completion("{}"))) {
      for (Path key : List.of(missing, empty, lines)) {
        assertThatExceptionOfType(ModelException.class)
            .isThrownBy(
                () ->
                    server(options(chat.address(), LONG, Optional.of(key)))
                        .answer(PROMPT, StageContext.disabled()))
            .withMessageContaining(key.toString());
      }
      assertThat(chat.requests()).isEmpty();
    }
  }

  @Test
  void aServerThatRefusesSchemasIsAskedForJsonAndThenForText() throws Exception {
    try (LoopbackChat chat =
        LoopbackChat.answering(
            request ->
                request.format().equals("none")
                    ? Reply.completion("{}")
                    : Reply.of(400, "{\"error\": \"unknown response_format\"}"))) {
      ChatServer server = server(chat, LONG);
      server.answer(PROMPT, StageContext.disabled());
      server.answer(PROMPT, StageContext.disabled());

      assertThat(chat.requests())
          .extracting(LoopbackChat.Request::format)
          .as("what it refused once it is not asked for again")
          .containsExactly("json_schema", "json_object", "none", "none");
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void aServerThatFailsOnAGrammarIsAskedWithoutIt() throws Exception {
    try (LoopbackChat chat =
        LoopbackChat.answering(
            request ->
                request.format().equals("json_schema")
                    ? Reply.of(500, "failed to parse grammar")
                    : Reply.completion("{}"))) {
      assertThat(server(chat, LONG).answer(PROMPT, StageContext.disabled()).text()).isEqualTo("{}");
    }
  }

  @Test
  void troubleThatPassesIsWaitedForWithPausesThatDouble() throws Exception {
    try (LoopbackChat chat =
        LoopbackChat.giving(
            Reply.of(503, "loading model"), Reply.of(502, ""), Reply.completion("{}"))) {
      assertThat(server(chat, LONG).answer(PROMPT, StageContext.disabled()).text()).isEqualTo("{}");
      assertThat(sum(pauses)).isEqualTo(Duration.ofSeconds(1 + 2));
    }
  }

  @Test
  void theServerSetsThePauseBeforeTheNextRequest() throws Exception {
    try (LoopbackChat chat =
        LoopbackChat.giving(Reply.of(429, "").with("Retry-After", "7"), Reply.completion("{}"))) {
      server(chat, LONG).answer(PROMPT, StageContext.disabled());
      assertThat(sum(pauses)).isEqualTo(Duration.ofSeconds(7));
    }
  }

  @Test
  void aServerThatAsksForAnHourIsAskedAgainAfterHalfAMinute() throws Exception {
    try (LoopbackChat chat =
        LoopbackChat.giving(
            Reply.of(429, "").with("Retry-After", "3600"), Reply.completion("{}"))) {
      server(chat, LONG).answer(PROMPT, StageContext.disabled());
      assertThat(sum(pauses)).isEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void trialsAreBounded() throws Exception {
    try (LoopbackChat chat = LoopbackChat.giving(Reply.of(503, SECRET))) {
      assertFails(server(chat, LONG), "status 503");
      assertThat(chat.requests()).hasSize(3);
    }
  }

  @Test
  void aRefusedKeyIsNotTriedAgain() throws Exception {
    try (LoopbackChat chat = LoopbackChat.giving(Reply.of(401, SECRET))) {
      assertFails(server(chat, LONG), "refuses the key");
      assertThat(chat.requests()).hasSize(1);
    }
  }

  @Test
  void nobodyIsFollowedToAnotherAddress() throws Exception {
    try (LoopbackChat other = LoopbackChat.giving(Reply.completion("{}"));
        LoopbackChat chat =
            LoopbackChat.giving(
                Reply.of(307, "").with("Location", other.address() + "/chat/completions"))) {
      assertFails(server(chat, LONG), "status 307");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void anUnreachableServerIsReported() throws Exception {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
    }
    assertFails(server(options(nobody, LONG, Optional.empty())), "no server listens there");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    try (LoopbackChat chat = LoopbackChat.giving(Reply.silence())) {
      assertFails(server(chat, SHORT), "no complete answer within 0.3 s");
    }
  }

  @Test
  void aConnectionThatBreaksMidAnswerIsAFailure() throws Exception {
    try (LoopbackChat chat = LoopbackChat.giving(Reply.completion("{}").half())) {
      assertFails(server(chat, LONG), "the connection broke off");
    }
  }

  @Test
  void aReplyWithoutACompletionIsRefused() throws Exception {
    List<String> others =
        List.of(
            "",
            "<html>",
            "{}",
            "[]",
            "{\"choices\": []}",
            "{\"choices\": [{\"message\": {}}]}",
            "[".repeat(5000));
    for (String other : others) {
      try (LoopbackChat chat = LoopbackChat.giving(Reply.of(200, other))) {
        assertFails(server(chat, LONG), "no chat completion");
      }
    }
  }

  @Test
  void anAnswerIsReadOnlyUpToALimit() throws Exception {
    try (LoopbackChat endless = LoopbackChat.giving(Reply.of(200, " ".repeat(65_536)).endless());
        LoopbackChat huge =
            LoopbackChat.giving(Reply.completion("x".repeat(ServerConnection.MOST_BYTES)))) {
      assertFails(server(endless, LONG), "larger than");
      assertFails(server(huge, LONG), "larger than");
    }
  }

  @Test
  void stoppingTheTaskDoesNotWaitForTheServer() throws Exception {
    StageContext stopped =
        new StageContext(
            Progress.disabled(),
            () -> {
              throw new TaskStoppedException(TaskStoppedException.Reason.CANCELLED, "cancelled");
            },
            Checkpoint.disabled());
    try (LoopbackChat chat = LoopbackChat.giving(Reply.silence())) {
      assertThatExceptionOfType(TaskStoppedException.class)
          .isThrownBy(() -> server(chat, LONG).answer(PROMPT, stopped));
    }
  }

  @Test
  void theDoctorNamesTheServerAndWhetherItAnswers() throws Exception {
    try (LoopbackChat well = LoopbackChat.giving(Reply.of(200, "{\"data\": []}"));
        LoopbackChat badly = LoopbackChat.giving(Reply.of(401, ""))) {
      assertThat(check(well).message())
          .isEqualTo("Transcripts are sent to " + well.address() + " for summaries; it answers");
      assertThat(well.last().target()).isEqualTo("/v1/models");
      assertThat(check(badly).message()).contains(badly.address().toString(), "refuses the key");
    }
  }

  private static io.maie.edge.telemetry.Check.Finding check(LoopbackChat chat) {
    return new ServerCheck(
            "summaries", options(chat.address(), LONG, Optional.empty()), Ticker.system())
        .run();
  }

  private static void assertFails(ChatServer server, String fault) {
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> server.answer(PROMPT, StageContext.disabled()))
        .withMessageContaining(fault)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("Globex"));
  }

  private static Duration sum(List<Duration> durations) {
    return durations.stream().reduce(Duration.ZERO, Duration::plus);
  }

  private ChatServer server(LoopbackChat chat, Duration answer) throws IOException {
    return server(options(chat.address(), answer, Optional.empty()));
  }

  private ChatServer server(ServerOptions options) {
    return new ChatServer(options, Ticker.system(), pauses::add);
  }

  private static ServerOptions options(URI address, Duration answer, Optional<Path> key) {
    return new ServerOptions(address, "tiny", key, 4096, LONG, answer, 3);
  }
}
