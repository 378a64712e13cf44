package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ImportOrder;
import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.config.TextSettings.LocalModel;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.onnx.Device;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.Cleaning;
import io.maie.edge.testing.ScratchSettings;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.correct.Corrected;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.onnx.OnnxTextOptions;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.FallbackEngine;
import io.maie.edge.text.summary.Summarized;
import io.maie.edge.text.summary.SummaryInput;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Texts by a small model of random weights, which writes words that nobody said. */
final class LocalSummariesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final StageContext QUIET = StageContext.disabled();
  private static final Path MODEL = Path.of("src/test/resources/text/models/qwen2");
  private static final List<String> SAID =
      List.of(
          "The boiler man was here this morning.",
          "He says that the boiler needs a new pump.",
          "Anna will call him on Tuesday.",
          "We agreed to replace the pump before winter.");

  @TempDir private Path temporary;
  private Path models = Path.of("");

  private final OnnxRuntime onnx =
      new OnnxRuntime(new OnnxOptions(Device.CPU, 1, Duration.ZERO), Ticker.system());

  @BeforeEach
  void makeAFolder() throws IOException {
    models = Files.createDirectories(temporary.resolve("models"));
  }

  @AfterEach
  void closeModels() {
    onnx.close();
  }

  @Test
  void anAnswerThatTheModelInventsIsReplacedByRulesAndTheResultTellsIt() throws Exception {
    put(16_384);
    Template template = template();
    Summarized made =
        new FallbackEngine(summaries(8_192), new ExtractiveEngine())
            .summarize(input(template), QUIET);

    assertThat(template.violations(JSON.valueToTree(made.summary().content()))).isEmpty();
    boolean isOfModel = made.summary().engine().equals("onnx");
    assertThat(isOfModel || made.remarks().get(0).startsWith("Rules made the summary: ")).isTrue();
  }

  @Test
  void aPromptBeyondTheContextIsRefused() throws Exception {
    put(512);

    assertThatThrownBy(() -> summaries(8_192).summarize(input(template()), QUIET))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("leaves no room for a transcript in 512 tokens");
  }

  @Test
  void correctionsThatTheModelInventsLeaveTheTextAsRulesWroteIt() throws Exception {
    put(2_048);
    SummaryInput input = input(template());

    Corrected made = cleaned(input);

    assertThat(made.cleaned().transcript()).isEqualTo(input.cleaned().transcript());
    assertThat(made.remarks()).hasSize(1);
    assertThat(made.remarks().get(0)).startsWith("Rules alone cleaned 4 of 4 sentences: ");
  }

  @Test
  void withoutAModelTheTextStaysAsRulesWroteIt() throws Exception {
    SummaryInput input = input(template());

    Corrected made = cleaned(input);

    assertThat(made.cleaned()).isEqualTo(input.cleaned());
    assertThat(made.remarks()).hasSize(1);
    assertThat(made.remarks().get(0))
        .startsWith("Rules alone cleaned the transcript: No decoder model for text");
  }

  private Corrected cleaned(SummaryInput input) throws TaskStoppedException {
    return new LocalCleaning(local(2_048))
        .correct(input.transcript(), input.cleaned(), List.of(), QUIET);
  }

  @Test
  void otherModelsGiveTheirMemoryBackBefore() throws Exception {
    put(512);
    AtomicInteger unloads = new AtomicInteger();
    LocalSummaries local = new LocalSummaries(local(512, unloads::incrementAndGet));

    assertThatThrownBy(() -> local.summarize(input(template()), QUIET))
        .isInstanceOf(ModelException.class);
    assertThat(unloads).hasValue(1);
  }

  @Test
  void aModelIsInstalledOnceItsFolderIsThere() throws Exception {
    assertThat(local(512).isInstalled()).isFalse();
    assertThatThrownBy(() -> summaries(512).summarize(input(template()), QUIET))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("No decoder model for text");

    put(512);

    assertThat(local(512).isInstalled()).isTrue();
  }

  @Test
  void anImportedModelWritesAFewTokensFirst() throws Exception {
    ModelCommands commands = commands();

    assertThat(commands.importFrom(new ImportOrder(MODEL, "qwen", null)).state()).isEqualTo("ok");
    assertThat(commands.list())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.task()).isEqualTo("text");
              assertThat(line.inUse()).isTrue();
            });
  }

  @Test
  void aModelWhoseTemplateIsNotUnderstoodIsNotImported() throws Exception {
    Path source = temporary.resolve("source");
    FileUtils.copyDirectory(MODEL.toFile(), source.toFile());
    Files.writeString(source.resolve("chat_template.jinja"), "{% import 'x' as y %}");

    assertThatThrownBy(() -> commands().importFrom(new ImportOrder(source, "qwen", null)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("line 1: the statement 'import' is not offered");
  }

  private ModelCommands commands() {
    Map<String, String> environment = Map.of("MAIE_MODELS__PATH", models.toString());
    SettingsSources sources = ScratchSettings.of(temporary, environment);
    Settings settings = SettingsReader.read(sources).settings().orElseThrow();
    return new ModelCommands(
        settings,
        BuildFacts.read(),
        environment,
        new PrecisionCommands(settings, temporary, Ticker.system()));
  }

  /** A copy of the model that takes as many tokens. */
  private void put(int contextTokens) throws IOException {
    Path folder = models.resolve("qwen");
    FileUtils.copyDirectory(MODEL.toFile(), folder.toFile());
    Path config = folder.resolve("config.json");
    ObjectNode tree = (ObjectNode) JSON.readTree(config.toFile());
    JSON.writeValue(config.toFile(), tree.put("max_position_embeddings", contextTokens));
  }

  private LocalSummaries summaries(int contextTokens) {
    return new LocalSummaries(local(contextTokens));
  }

  private LocalLanguageModel local(int contextTokens) {
    return local(contextTokens, () -> {});
  }

  private LocalLanguageModel local(int contextTokens, Runnable unloadOthers) {
    return new LocalLanguageModel(
        new ModelCatalog(models, new Checksums()),
        new LocalModel(Optional.empty(), new OnnxTextOptions(contextTokens, Duration.ofMinutes(5))),
        onnx,
        Ticker.system(),
        unloadOthers);
  }

  private static SummaryInput input(Template template) {
    List<Segment> segments = new ArrayList<>();
    for (String text : SAID) {
      long start = segments.size() * 16_000L;
      segments.add(new Segment(new SampleSpan(start, start + 16_000), text, 1, List.of()));
    }
    Transcript transcript = Transcript.of(new Language("en", 1), segments);
    return new SummaryInput(
        template,
        transcript,
        new TranscriptCleaner(Set.of(Cleaning.FILLERS), List.of()).clean(transcript),
        Map.of());
  }

  private static Template template() throws IOException {
    return new TemplateFolders(List.of(Path.of("config", "templates")))
        .find("generic_summary_en_v2")
        .flatMap(CheckedTemplate::template)
        .orElseThrow();
  }
}
