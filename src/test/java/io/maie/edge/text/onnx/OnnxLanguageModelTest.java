package io.maie.edge.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.text.model.Answer;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.onnx.OnnxLanguageModel.Limits;
import io.maie.edge.text.onnx.RandomModels.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OnnxLanguageModelTest {
  private static final StageContext QUIET = StageContext.disabled();
  private static final String GRAPH = "onnx/model.onnx";

  @TempDir Path temporary;

  private final OnnxRuntime onnx = RandomModels.runtime();

  @AfterEach
  void closeModels() {
    onnx.close();
  }

  static Stream<String> families() {
    return RandomModels.FAMILIES.stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void promptsAndAnswersAreThoseOfTransformers(String family) throws Exception {
    try (OnnxLanguageModel model = open(RandomModels.folder(family), GRAPH)) {
      for (Golden golden : RandomModels.goldens(family)) {
        Prompt prompt = prompt(golden, golden.answerIds().size());

        assertThat(model.text(prompt)).isEqualTo(golden.prompt());
        assertThat(model.tokens(golden.prompt())).isEqualTo(golden.promptIds().size());
        assertThat(model.answer(prompt, QUIET).text()).isEqualTo(golden.answer());
      }
    }
  }

  @Test
  void weightsOfFourBitsAnswerAsOnnxRuntimeDoesInPython() throws Exception {
    try (OnnxLanguageModel model = open(RandomModels.folder("qwen2"), "onnx/model_q4.onnx");
        OnnxLanguageModel floats = open(RandomModels.folder("qwen2"), GRAPH)) {
      for (Golden golden : RandomModels.goldens("qwen2")) {
        Prompt prompt = prompt(golden, golden.answerIdsOfFourBits().size());

        assertThat(model.written(prompt, QUIET).ids()).isEqualTo(golden.answerIdsOfFourBits());
        assertThat(floats.written(prompt, QUIET).ids()).isEqualTo(golden.answerIds());
      }
    }
  }

  @Test
  void aGraphOfGroupedQueriesThatScoresTheLastTokenAnswersAlike() throws Exception {
    try (OnnxLanguageModel model = open(RandomModels.folder("qwen2"), "onnx/model_grouped.onnx")) {
      for (Golden golden : RandomModels.goldens("qwen2")) {
        Prompt prompt = prompt(golden, golden.answerIds().size());

        assertThat(model.written(prompt, QUIET).ids()).isEqualTo(golden.answerIds());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void anAnswerKeepsToTheSchemaOfItsPrompt(String family) throws Exception {
    String schema =
        """
        {"type": "object", "additionalProperties": false, "required": ["title", "kind", "points"],
         "properties": {"title": {"type": "string", "minLength": 1, "maxLength": 20},
          "kind": {"enum": ["meeting", "call"]},
          "points": {"type": "array", "maxItems": 2, "items": {"type": "string", "maxLength": 9}},
          "count": {"type": "integer", "minimum": 0, "maximum": 99}}}
        """;
    Schema checked =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    try (OnnxLanguageModel model = open(RandomModels.folder(family), GRAPH)) {
      for (int most : List.of(70, 200)) {
        Prompt prompt = new Prompt("Write notes.", "An sends the budget.", most, schema);
        Answer answer = model.answer(prompt, QUIET);

        assertThat(answer.isComplete()).isTrue();
        assertThat(checked.validate(answer.text(), InputFormat.JSON)).as(answer.text()).isEmpty();
      }
    }
  }

  @Test
  void anAnswerThatReachesItsLimitIsNotComplete() throws Exception {
    Golden golden = RandomModels.goldens("qwen2").get(0);
    try (OnnxLanguageModel model = open(RandomModels.folder("qwen2"), GRAPH)) {
      Prompt prompt = prompt(golden, 3);

      assertThat(model.answer(prompt, QUIET).isComplete()).isFalse();
      assertThat(model.written(prompt, QUIET).ids()).isEqualTo(golden.answerIds().subList(0, 3));
    }
  }

  @Test
  void anAnswerEndsAtTheTokenThatTheModelEndsAnswersWith() throws Exception {
    Golden golden = RandomModels.goldens("qwen2").get(0);
    Path folder = copy("qwen2");
    int end = golden.answerIds().get(4);
    Files.writeString(
        folder.resolve("generation_config.json"), "{\"eos_token_id\": [2, %d]}".formatted(end));
    try (OnnxLanguageModel model = open(folder, GRAPH)) {
      Prompt prompt = prompt(golden, 24);

      assertThat(model.answer(prompt, QUIET).isComplete()).isTrue();
      assertThat(model.written(prompt, QUIET).ids()).isEqualTo(golden.answerIds().subList(0, 4));
    }
  }

  @Test
  void theSamePromptGivesTheSameAnswerWhereTheModelSamples() throws Exception {
    Golden golden = RandomModels.goldens("qwen2").get(0);
    Path folder = copy("qwen2");
    Files.writeString(
        folder.resolve("generation_config.json"),
        """
        {"eos_token_id": 2, "do_sample": true, "temperature": 1.5, "top_p": 0.95, "top_k": 40}
        """);
    try (OnnxLanguageModel model = open(folder, GRAPH)) {
      String first = model.answer(prompt(golden, 24), QUIET).text();

      assertThat(first).isNotEqualTo(golden.answer());
      assertThat(model.answer(prompt(golden, 24), QUIET).text()).isEqualTo(first);
    }
  }

  @Test
  void aPromptThatFillsTheContextIsRefused() throws Exception {
    try (OnnxLanguageModel model = open(RandomModels.folder("qwen2"), GRAPH)) {
      Prompt prompt = new Prompt("Write notes.", "and ".repeat(600), 24, null);

      assertThatThrownBy(() -> model.answer(prompt, QUIET))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("leaves no room for an answer in 512");
    }
  }

  @Test
  void aStopEndsAnAnswerBetweenTwoTokens() throws Exception {
    List<Double> shares = new ArrayList<>();
    Progress progress = shares::add;
    Cancellation stopAtTheTenth =
        () -> {
          if (shares.size() == 10) {
            throw new TaskStoppedException(TaskStoppedException.Reason.CANCELLED, "enough");
          }
        };
    StageContext context = new StageContext(progress, stopAtTheTenth, Checkpoint.disabled());
    Golden golden = RandomModels.goldens("qwen2").get(0);
    try (OnnxLanguageModel model = open(RandomModels.folder("qwen2"), GRAPH)) {
      assertThatThrownBy(() -> model.answer(prompt(golden, 24), context))
          .isInstanceOf(TaskStoppedException.class);
    }

    assertThat(shares).hasSize(10).isSorted();
  }

  @Test
  void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
    ManualTicker ticker = new ManualTicker();
    Limits limits = new Limits(new OnnxTextOptions(512, Duration.ofSeconds(30)), ticker);
    Progress slow = share -> ticker.advance(Duration.ofSeconds(10));
    StageContext context = new StageContext(slow, Cancellation.disabled(), Checkpoint.disabled());
    Golden golden = RandomModels.goldens("qwen2").get(0);
    try (OnnxLanguageModel model =
        OnnxLanguageModel.open(RandomModels.folder("qwen2"), GRAPH, onnx, limits)) {
      assertThatThrownBy(() -> model.answer(prompt(golden, 24), context))
          .isInstanceOf(ModelException.class)
          .hasMessage("the model 'qwen2' has not answered within 30 s");
    }
  }

  @Test
  void aFolderWithoutAChatTemplateIsRefused() throws Exception {
    Path folder = copy("qwen2");
    Files.delete(folder.resolve("chat_template.jinja"));

    assertThatThrownBy(() -> open(folder, GRAPH))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("has a chat template")
        .extracting("code")
        .isEqualTo(FailureCode.MODEL_LOAD_ERROR);
  }

  @Test
  void aGraphThatTakesEmbeddingsIsRefused() throws Exception {
    Golden golden = RandomModels.goldens("qwen2").get(0);
    try (OnnxLanguageModel model = open(RandomModels.folder("qwen2"), "onnx/model_embeds.onnx")) {
      assertThatThrownBy(() -> model.answer(prompt(golden, 4), QUIET))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(
              "embeddings of tokens ('inputs_embeds'), which another graph makes");
    }
  }

  @Test
  void aFileThatIsNoTokenizerIsRefused() throws Exception {
    Path folder = copy("qwen2");
    Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": 3}");

    assertThatThrownBy(() -> open(folder, GRAPH))
        .isInstanceOf(ProcessingException.class)
        .hasMessageContaining("tokenizer.json' cannot be read");
  }

  private OnnxLanguageModel open(Path folder, String graph)
      throws ProcessingException, IOException {
    return OnnxLanguageModel.open(folder, graph, onnx, RandomModels.LIMITS);
  }

  private Path copy(String family) throws IOException {
    Path folder = temporary.resolve(family);
    FileUtils.copyDirectory(RandomModels.folder(family).toFile(), folder.toFile());
    return folder;
  }

  private static Prompt prompt(Golden golden, int answerTokens) {
    return new Prompt(golden.instructions(), golden.material(), answerTokens, null);
  }
}
