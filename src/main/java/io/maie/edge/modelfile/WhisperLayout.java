package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.amount.Amounts;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A Whisper model as Hugging Face's exporter lays it out: descriptions beside or above the graphs,
 * which come in several precisions. The best complete pair of encoder and decoder for this device
 * is chosen; the other files are left alone. Files that were pinned count as being there, so that
 * the loss of one is noticed and not made up for by the next best.
 *
 * <p>The settings hold {@code encoder}, {@code decoder}, {@code decoder_with_past} (absent if the
 * decoder is merged) and {@code compute_type}.
 */
final class WhisperLayout implements ModelLayout {
  private final GraphPreference preference;

  /**
   * The layout.
   *
   * @param preference the choice among several graphs
   */
  WhisperLayout(GraphPreference preference) {
    this.preference = preference;
  }

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.ASR);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Optional<ObjectNode> config = JsonFile.readIfThere(folder.resolve(WhisperParts.CONFIG));
    if (config.isEmpty() || !WhisperParts.isWhisper(config.get())) {
      return Optional.empty();
    }
    FileListing listing = new FileListing(expected.names(), "the Whisper folder '" + folder + "'");
    SortedMap<String, ListedFile> files =
        expected.describe(WhisperParts.among(listing, preference));
    EncoderDecoderGraphs graphs = EncoderDecoderGraphs.among(listing, preference);
    return Optional.of(
        new ModelFolder(
            folder,
            new Manifest(
                config.get().path("_name_or_path").asText(String.valueOf(folder.getFileName())),
                graphs.precision().label(),
                ModelTask.ASR,
                WhisperParts.FAMILY,
                WhisperLanguages.of(folder, config.get(), generation(folder)),
                false,
                expected.license(),
                remark(graphs, files),
                Waveform.SAMPLE_RATE,
                files,
                graphs.settings(folder))));
  }

  /** Precision, price and memory, for people. */
  private String remark(EncoderDecoderGraphs graphs, Map<String, ListedFile> files) {
    long bytes =
        graphs.files().stream()
            .map(files::get)
            .filter(Objects::nonNull)
            .mapToLong(ListedFile::bytes)
            .sum();
    Precision precision = graphs.precision();
    return "%s; %s: %s, up to %s of memory"
        .formatted(
            graphs.reason(preference),
            precision.label(),
            precision.price(),
            Amounts.bytes(precision.memory(bytes)));
  }

  private static JsonNode generation(Path folder) throws ProcessingException, IOException {
    Optional<ObjectNode> generation =
        JsonFile.readIfThere(folder.resolve("generation_config.json"));
    return generation.isPresent() ? generation.get() : MissingNode.getInstance();
  }
}
