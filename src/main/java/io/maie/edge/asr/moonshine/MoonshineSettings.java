package io.maie.edge.asr.moonshine;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.seq2seq.AlignmentHead;
import io.maie.edge.asr.seq2seq.DecoderFiles;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.ModelUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code moonshine} of a manifest, checked.
 *
 * @param vocabulary one piece per line, or a {@code tokenizer.json}
 * @param computeType {@code fp32}, {@code int8} and the like
 * @param checkpointHash {@code sha256:} and the checksum of the decoder
 * @param languages ISO 639-1; empty if the model does not say
 * @param startToken the token that begins every text
 * @param endToken the token that ends a text
 * @param alignmentHeads heads for word times; empty = the upper half of the layers, all heads
 * @param alignmentShiftSeconds added to the times that the heads attend to
 */
record MoonshineSettings(
    Path encoder,
    DecoderFiles decoder,
    Path vocabulary,
    String computeType,
    String checkpointHash,
    List<String> languages,
    int startToken,
    int endToken,
    List<AlignmentHead> alignmentHeads,
    double alignmentShiftSeconds) {

  private static final String ENGLISH = "en";

  /** Steps of the decoder are too small to be shared by threads. */
  private static final ModelUse DECODING =
      new ModelUse(FailureCode.ASR_PROCESSING_ERROR, 1, true).withCrossAttentions().withFastSteps();

  /** For models whose heads nobody measured. */
  private static final int DEFAULT_SHIFT_MILLIS = 43;

  private static final int MAX_SHIFT_MILLIS = 1000;
  private static final double MILLIS_PER_SECOND = 1000;

  /** Above every size of every model. */
  private static final int MOST = 1 << 20;

  MoonshineSettings {
    requireNonNull(encoder, "encoder is null");
    requireNonNull(decoder, "decoder is null");
    requireNonNull(vocabulary, "vocabulary is null");
    languages = List.copyOf(languages);
    alignmentHeads = List.copyOf(alignmentHeads);
  }

  /**
   * The one that is spoken, ISO 639-1: a model of this family knows one; English if it is unsaid.
   */
  String language() {
    return languages.isEmpty() ? ENGLISH : languages.get(0);
  }

  /**
   * Reads the settings; no graph is opened.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}
   */
  static MoonshineSettings read(ModelFolder folder) throws ProcessingException {
    ManifestSection section = folder.manifest().settings();
    section.requireOnly(
        "encoder",
        "decoder",
        "decoder_with_past",
        "vocabulary",
        "compute_type",
        "start_token",
        "end_token",
        "alignment_heads",
        "alignment_shift_ms");
    Optional<Path> withPast =
        section.has("decoder_with_past")
            ? Optional.of(folder.file(section, "decoder_with_past"))
            : Optional.empty();
    return new MoonshineSettings(
        folder.file(section, "encoder"),
        new DecoderFiles(folder.file(section, "decoder"), withPast, DECODING),
        folder.file(section, "vocabulary"),
        section.textOr("compute_type", "fp32"),
        folder.checkpointHash(section, "decoder"),
        folder.manifest().languages(),
        integer(section, "start_token", 1, MOST),
        integer(section, "end_token", 2, MOST),
        heads(section),
        integer(section, "alignment_shift_ms", DEFAULT_SHIFT_MILLIS, MAX_SHIFT_MILLIS)
            / MILLIS_PER_SECOND);
  }

  private static int integer(ManifestSection section, String key, int fallback, int most)
      throws ProcessingException {
    int value = section.integerOr(key, fallback);
    if (value < 0 || value > most) {
      throw section.invalid(key, "a number from 0 to " + most);
    }
    return value;
  }

  private static List<AlignmentHead> heads(ManifestSection section) throws ProcessingException {
    List<AlignmentHead> heads = new ArrayList<>();
    for (List<Integer> pair : section.integerLists("alignment_heads")) {
      if (pair.size() != 2 || pair.get(0) < 0 || pair.get(1) < 0) {
        throw section.invalid("alignment_heads", "pairs of a layer and a head");
      }
      heads.add(new AlignmentHead(pair.get(0), pair.get(1)));
    }
    return heads;
  }
}
