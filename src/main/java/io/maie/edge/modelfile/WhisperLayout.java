package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A Whisper model as Hugging Face's exporter lays it out: descriptions beside or above the graphs,
 * which come in several precisions. The best complete pair of encoder and decoder for this device
 * is chosen; the other files are left alone. Nothing vouches for the files' checksums, so those
 * they have are taken for granted.
 *
 * <p>The settings hold {@code encoder}, {@code decoder}, {@code decoder_with_past} (absent if the
 * decoder is merged) and {@code compute_type}.
 */
final class WhisperLayout implements ModelLayout {
  static final String FAMILY = "whisper";

  private static final String CONFIG = "config.json";
  private static final List<String> DESCRIPTIONS =
      List.of(CONFIG, "generation_config.json", "preprocessor_config.json", "tokenizer.json");

  private final Checksums checksums;
  private final GraphPreference preference;

  /**
   * The layout.
   *
   * @param preference which of several graphs to use
   */
  WhisperLayout(Checksums checksums, GraphPreference preference) {
    this.checksums = checksums;
    this.preference = preference;
  }

  @Override
  public Optional<ModelFolder> read(Path folder) throws ProcessingException, IOException {
    Optional<ObjectNode> config = JsonFile.readIfThere(folder.resolve(CONFIG));
    if (config.isEmpty() || !config.get().path("model_type").asText().equals(FAMILY)) {
      return Optional.empty();
    }
    for (String name : DESCRIPTIONS) {
      require(folder, name);
    }
    WhisperGraphs graphs = WhisperGraphs.find(folder, preference);
    return Optional.of(new ModelFolder(folder, manifest(folder, config.get(), graphs)));
  }

  private Manifest manifest(Path folder, ObjectNode config, WhisperGraphs graphs)
      throws ProcessingException, IOException {
    List<String> names = new ArrayList<>(DESCRIPTIONS);
    names.addAll(graphs.files());
    TreeMap<String, ListedFile> files = new TreeMap<>();
    for (String name : names) {
      Path file = folder.resolve(name);
      files.put(name, new ListedFile(Files.size(file), checksums.of(file)));
    }
    return new Manifest(
        config.path("_name_or_path").asText(String.valueOf(folder.getFileName())),
        graphs.precision().label(),
        ModelTask.ASR,
        FAMILY,
        languages(folder),
        false,
        "",
        graphs.reason(),
        Waveform.SAMPLE_RATE,
        files,
        graphs.settings(folder));
  }

  /** Empty for a model that says nothing of languages, which knows English only. */
  private static List<String> languages(Path folder) throws ProcessingException, IOException {
    @Nullable JsonNode generation =
        JsonFile.readIfThere(folder.resolve("generation_config.json")).orElse(null);
    TreeSet<String> codes = new TreeSet<>();
    if (generation != null) {
      generation
          .path("lang_to_id")
          .fieldNames()
          .forEachRemaining(token -> codes.add(token.replaceAll("[<|>]", "")));
    }
    return codes.isEmpty() ? List.of("en") : List.copyOf(codes);
  }

  private static void require(Path folder, String name) throws ProcessingException {
    if (!Files.isRegularFile(folder.resolve(name))) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected '%s' in the Whisper folder '%s', found none".formatted(name, folder),
          "Copy the whole model: " + String.join(", ", DESCRIPTIONS) + " and the onnx folder");
    }
  }
}
