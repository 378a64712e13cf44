package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.config.Settings;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.modelfile.ModelTask;
import io.maie.edge.modelfile.ModelTrial;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.model.Prompt;
import io.maie.edge.text.onnx.OnnxLanguageModel;
import io.maie.edge.text.onnx.OnnxLanguageModel.Limits;
import io.maie.edge.time.Ticker;
import java.io.IOException;

/**
 * Lets a language model write a few tokens before its import, so that graphs, tokenizers and chat
 * templates that do not fit each other fail then instead of at the first recording.
 */
final class TextModelTrial implements ModelTrial {
  private static final Prompt PROMPT = new Prompt("Answer briefly.", "Hello.", 4, null);

  private final Settings settings;

  TextModelTrial(Settings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  @Override
  public void run(ModelFolder staged) throws ProcessingException, IOException {
    if (staged.manifest().task() != ModelTask.TEXT) {
      return;
    }
    Limits limits = new Limits(settings.texts().local().options(), Ticker.system());
    String graph = staged.manifest().settings().text("graph");
    try (OnnxRuntime onnx = new OnnxRuntime(settings.onnx(), Ticker.system());
        OnnxLanguageModel model = OnnxLanguageModel.open(staged.path(), graph, onnx, limits)) {
      model.answer(PROMPT, StageContext.disabled());
    } catch (ModelException e) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "The model fails on a short prompt: " + e.getMessage(),
          "Download it again; its files must fit each other",
          e);
    } catch (TaskStoppedException e) {
      throw new AssertionError("nobody stops a trial", e);
    }
  }
}
