package io.maie.edge.asr.transducer;

import io.maie.edge.asr.frames.FeatureLayout;
import io.maie.edge.asr.frames.FrontEnd;
import io.maie.edge.asr.frames.FrontEndSettings;
import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code transducer} of a manifest, checked.
 *
 * @param frameSamples samples between two frames of the encoder
 * @param maxWindowSamples longest stretch that the model hears at once
 * @param head that the manifest names, one that the model has
 */
record TransducerSettings(
    Graphs graphs,
    String computeType,
    int frameSamples,
    long maxWindowSamples,
    FeatureLayout layout,
    FrontEnd frontEnd,
    TokenTable tokens,
    TokenHead head,
    SearchRules rules) {
  private static final int MILLIS_PER_SECOND = 1000;
  private static final int MOST_HYPOTHESES = 64;

  /** The bonus that sherpa-onnx 2.0.1 gives to its hot words. */
  private static final double PHRASE_BONUS = 1.5;

  /**
   * The graphs.
   *
   * @param predictor with the joiner in it if there is no {@code joiner}
   * @param contextSize tokens that a predictor without states sees
   * @param ctc an encoder with a CTC head, trained together with the transducer; null = none
   */
  record Graphs(
      Path encoder, Path predictor, @Nullable Path joiner, int contextSize, @Nullable Path ctc) {}

  /**
   * Reads the settings and the token table; no graph is opened.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}
   */
  static TransducerSettings read(ModelFolder folder) throws ProcessingException, IOException {
    ManifestSection section = folder.manifest().settings();
    section.requireOnly(
        "encoder",
        "predictor",
        "joiner",
        "predictor_joiner",
        "ctc",
        "decoder",
        "tokens",
        "blank",
        "unknown",
        "compute_type",
        "context_size",
        "durations",
        "frame_shift_ms",
        "max_window_seconds",
        "max_symbols_per_frame",
        "layout",
        "frontend",
        "search");
    TokenTable tokens = TokenTable.read(folder.file(section, "tokens")).withoutMarks();
    FeatureLayout layout = section.choice("layout", FeatureLayout.class);
    Graphs graphs = graphs(folder, section);
    return new TransducerSettings(
        graphs,
        section.textOr("compute_type", "fp32"),
        section.samples("frame_shift_ms", MILLIS_PER_SECOND),
        section.samples("max_window_seconds", 1),
        layout,
        FrontEndSettings.read(section.section("frontend"), layout),
        tokens,
        head(section, graphs),
        rules(section, tokens));
  }

  private static Graphs graphs(ModelFolder folder, ManifestSection section)
      throws ProcessingException {
    boolean isJoined = section.has("predictor_joiner");
    if (isJoined == (section.has("predictor") || section.has("joiner"))) {
      throw section.invalid("predictor", "either 'predictor' and 'joiner' or 'predictor_joiner'");
    }
    return new Graphs(
        folder.file(section, "encoder"),
        folder.file(section, isJoined ? "predictor_joiner" : "predictor"),
        isJoined ? null : folder.file(section, "joiner"),
        section.integerAtLeast(1, "context_size", 2),
        section.has("ctc") ? folder.file(section, "ctc") : null);
  }

  private static TokenHead head(ManifestSection section, Graphs graphs) throws ProcessingException {
    TokenHead head = section.choiceOr("decoder", TokenHead.AUTO);
    if (head == TokenHead.CTC && graphs.ctc == null) {
      throw section.invalid("decoder", "a decoder whose graphs the model has");
    }
    return head;
  }

  private static SearchRules rules(ManifestSection section, TokenTable tokens)
      throws ProcessingException {
    ManifestSection search = section.sectionOrEmpty("search");
    search.requireOnly("beam_size", "blank_penalty", "vocabulary_bonus");
    int beamSize = search.integerAtLeast(1, "beam_size", 1);
    if (beamSize > MOST_HYPOTHESES) {
      throw search.invalid("beam_size", "1 to %d".formatted(MOST_HYPOTHESES));
    }
    try {
      return new SearchRules(
          tokens.size(),
          tokens.number(section, "blank"),
          section.has("unknown") ? tokens.number(section.text("unknown")).orElse(-1) : -1,
          section.integerOr("durations", 0),
          section.integerAtLeast(1, "max_symbols_per_frame", 1),
          section.integerAtLeast(1, "context_size", 2),
          search.numberOr("blank_penalty", 0),
          beamSize,
          search.numberOr("vocabulary_bonus", PHRASE_BONUS));
    } catch (IllegalArgumentException e) {
      throw section.invalid("search", "a possible search (" + e.getMessage() + ")", e);
    }
  }
}
