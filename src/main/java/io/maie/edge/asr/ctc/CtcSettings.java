package io.maie.edge.asr.ctc;

import io.maie.edge.asr.frames.DecoderSettings;
import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.FrontEnd;
import io.maie.edge.asr.frames.FrontEndSettings;
import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code ctc} of a manifest, checked.
 *
 * @param checkpointHash {@code sha256:} and the model file's checksum
 * @param frameSamples samples between two columns of posteriors
 * @param maxWindowSamples longest stretch that the model hears at once
 * @param tags of models that say more than words
 */
record CtcSettings(
    Path modelFile,
    String checkpointHash,
    String computeType,
    int frameSamples,
    long maxWindowSamples,
    Graph graph,
    FrontEnd frontEnd,
    Optional<TagSettings> tags,
    DecoderSettings decoder) {

  /** Token numbers are kept in 16 bits. */
  private static final int MAX_TOKENS = Short.MAX_VALUE;

  private static final int MILLIS_PER_SECOND = 1000;

  /**
   * Names in the model's graph.
   *
   * @param length the input that takes the number of frames or samples; null = the model has none
   * @param output log-probabilities or logits, shape (1, frames, tokens)
   * @param isLogits whether the output still needs a log-softmax
   */
  record Graph(String features, @Nullable String length, String output, boolean isLogits) {}

  /**
   * Reads the settings and the token table.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}
   */
  static CtcSettings read(ModelFolder folder) throws ProcessingException, IOException {
    ManifestSection section = folder.manifest().settings();
    section.requireOnly(
        "model",
        "compute_type",
        "tokens",
        "blank",
        "frame_shift_ms",
        "max_window_seconds",
        "inputs",
        "outputs",
        "layout",
        "frontend",
        "tags",
        "decoder");
    TokenTable tokens = TokenTable.read(folder.file(section, "tokens"));
    if (tokens.size() > MAX_TOKENS) {
      throw section.invalid("tokens", "at most " + MAX_TOKENS + " tokens");
    }
    FeatureLayout layout = section.choice("layout", FeatureLayout.class);
    return new CtcSettings(
        folder.file(section, "model"),
        folder.checkpointHash(section, "model"),
        section.textOr("compute_type", "fp32"),
        section.samples("frame_shift_ms", MILLIS_PER_SECOND),
        section.samples("max_window_seconds", 1),
        graph(section),
        FrontEndSettings.read(section.section("frontend"), layout),
        TagSettings.read(section),
        DecoderSettings.read(
            folder, section.sectionOrEmpty("decoder"), tokens, tokens.number(section, "blank")));
  }

  private static Graph graph(ManifestSection section) throws ProcessingException {
    ManifestSection inputs = section.section("inputs");
    inputs.requireOnly("features", "length");
    ManifestSection outputs = section.section("outputs");
    outputs.requireOnly("log_probs", "logits");
    if (outputs.has("log_probs") == outputs.has("logits")) {
      throw section.invalid("outputs", "either 'log_probs' or 'logits'");
    }
    boolean isLogits = outputs.has("logits");
    return new Graph(
        inputs.text("features"),
        inputs.optionalText("length").orElse(null),
        outputs.text(isLogits ? "logits" : "log_probs"),
        isLogits);
  }
}
