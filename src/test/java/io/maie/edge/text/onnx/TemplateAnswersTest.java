package io.maie.edge.text.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.text.model.Answer;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The templates that come with the program, and models that write noise. */
final class TemplateAnswersTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path temporary;

  @Test
  void noiseIsValidForEveryTemplateAndEndsWithinItsTokens() throws Exception {
    List<CheckedTemplate> templates =
        new TemplateFolders(List.of(Path.of("config", "templates"))).read();
    try (OnnxRuntime onnx = RandomModels.runtime()) {
      for (int i = 0; i < RandomModels.FAMILIES.size(); i++) {
        Path folder = drawing(RandomModels.FAMILIES.get(i));
        try (OnnxLanguageModel model =
            OnnxLanguageModel.open(folder, "onnx/model.onnx", onnx, RandomModels.LIMITS)) {
          // each template once or twice, since a step of a model takes its time
          for (int k = i; k < templates.size(); k += 4) {
            check(model, templates.get(k).template().orElseThrow());
          }
        }
      }
    }
  }

  private static void check(OnnxLanguageModel model, Template template) throws Exception {
    Prompt prompt = new Prompt("Sum up.", "Ngày mai họp at nine.", 400, template.schema());
    Answer answer = model.answer(prompt, StageContext.disabled());

    assertThat(answer.isComplete()).isTrue();
    assertThat(template.violations(JSON.readTree(answer.text())))
        .as("%s by %s: %s", template.id(), model.name(), answer.text())
        .isEmpty();
  }

  /** A copy of a model that draws tokens by chance, so that more than one way is tried. */
  private Path drawing(String family) throws Exception {
    Path folder = temporary.resolve(family);
    FileUtils.copyDirectory(RandomModels.folder(family).toFile(), folder.toFile());
    Files.writeString(
        folder.resolve("generation_config.json"),
        """
        {"eos_token_id": 2, "do_sample": true, "temperature": 1.5, "top_p": 1.0, "top_k": 0}
        """);
    return folder;
  }
}
