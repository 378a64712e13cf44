package io.maie.edge.modelfile;

import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A transducer as icefall and sherpa-onnx lay it out ({@code encoder}, {@code decoder}, {@code
 * joiner}, {@code tokens.txt}) or as NVIDIA NeMo exports it ({@code encoder-model}, {@code
 * decoder_joint-model}, {@code vocab.txt}, {@code config.json}). The graphs are asked for their
 * shapes, and those are compared with each other and with the token table.
 *
 * <p>The settings are those of a manifest's section {@code transducer}.
 *
 * @param hardware decides which of several graphs to use
 */
record TransducerLayout(Hardware hardware, GraphSummaries summaries) implements ModelLayout {
  static final String FAMILY = "transducer";

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.ASR);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Optional<TransducerParts> parts =
        TransducerParts.among(
            new FileListing(expected.names(), "the transducer folder '" + folder + "'"),
            EightBitEncoders.order(hardware));
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    SortedMap<String, ListedFile> files = expected.describe(parts.get().files());
    TransducerDescription description = TransducerDescription.of(folder, parts.get(), summaries);
    ModelCard card = ModelCard.read(folder);
    return Optional.of(
        new ModelFolder(
            folder,
            new Manifest(
                description.name(),
                parts.get().precision().label(),
                ModelTask.ASR,
                FAMILY,
                NamedLanguages.of(folder, card),
                false,
                expected.license(card),
                EightBitEncoders.description(
                    parts.get().encoder(), hardware, parts.get().precision()),
                Waveform.SAMPLE_RATE,
                files,
                description.settings())));
  }
}
