package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Selects the published files of a Whisper model that are needed to run it. */
public final class WhisperParts {
  /** The file that says what kind of model this is. */
  public static final String CONFIG = "config.json";

  static final String FAMILY = "whisper";

  private static final List<String> DESCRIPTIONS =
      List.of(CONFIG, "generation_config.json", "preprocessor_config.json", "tokenizer.json");

  private WhisperParts() {}

  /**
   * The descriptions, then the graphs that suit best.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  public static List<String> among(FileListing files, GraphPreference preference)
      throws ProcessingException {
    requireDescriptions(files);
    List<String> parts = new ArrayList<>(DESCRIPTIONS);
    parts.addAll(EncoderDecoderGraphs.among(files, preference).files());
    return List.copyOf(parts);
  }

  /**
   * Returns if {@code folder}'s description is one of a Whisper model.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it describes something else
   */
  public static void requireWhisper(Path folder, String where)
      throws ProcessingException, IOException {
    Optional<ObjectNode> config = JsonFile.readIfThere(folder.resolve(CONFIG));
    if (config.isEmpty() || !isWhisper(config.get())) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected model_type whisper in '%s' of %s, found '%s'"
              .formatted(CONFIG, where, config.map(WhisperParts::typeOf).orElse("")),
          "Only Whisper models can be used without a manifest.json; see: maie-edge models catalog");
    }
  }

  static boolean isWhisper(ObjectNode config) {
    return typeOf(config).equals(FAMILY);
  }

  private static String typeOf(ObjectNode config) {
    return config.path("model_type").asText();
  }

  private static void requireDescriptions(FileListing files) throws ProcessingException {
    for (String name : DESCRIPTIONS) {
      if (!files.has(name)) {
        throw new ProcessingException(
            FailureCode.MODEL_LOAD_ERROR,
            "Expected '%s' in %s, found none".formatted(name, files.where()),
            "A whole model has " + String.join(", ", DESCRIPTIONS) + " and the onnx folder");
      }
    }
  }
}
