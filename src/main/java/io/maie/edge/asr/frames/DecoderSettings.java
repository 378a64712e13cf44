package io.maie.edge.asr.frames;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import io.maie.edge.modelfile.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code decoder} of a manifest.
 *
 * @param blankPenalty subtracted from the log-probability of blank before the search: a network
 *     that is not sure, as in noise, says blank too often and words are lost; natural log, 0 or
 *     more
 * @param languageModel null = none
 */
public record DecoderSettings(
    Type type,
    TokenUnit unit,
    TokenTable tokens,
    int blank,
    double blankPenalty,
    BeamOptions beam,
    @Nullable Path languageModel) {
  private static final int BEAM_SIZE = 50;
  private static final double BEAM_THRESHOLD = 20;
  private static final int TOKEN_BEAM = 20;

  /** Ways from posteriors to words. */
  public enum Type {
    GREEDY,
    BEAM
  }

  /**
   * Reads the section.
   *
   * @param blank number of the blank token
   */
  public static DecoderSettings read(
      ModelFolder folder, ManifestSection section, TokenTable tokens, int blank)
      throws ProcessingException {
    section.requireOnly(
        "type",
        "unit",
        "blank_penalty",
        "language_model",
        "lm_weight",
        "word_score",
        "beam_size",
        "beam_threshold",
        "token_beam");
    Type type = section.choiceOr("type", Type.GREEDY);
    return new DecoderSettings(
        type,
        section.choice("unit", TokenUnit.class),
        tokens,
        blank,
        blankPenalty(section),
        beam(section),
        type != Type.GREEDY && section.has("language_model")
            ? folder.file(section, "language_model")
            : null);
  }

  /** Opens the decoder; reads the language model, which takes a moment. */
  public CtcDecoder open() throws ProcessingException, IOException {
    CtcDecoder decoder = search();
    return blankPenalty == 0 ? decoder : new PenalizedDecoder(decoder, blank, blankPenalty);
  }

  private CtcDecoder search() throws ProcessingException, IOException {
    WordAssembler words = new WordAssembler(tokens, unit);
    if (type == Type.GREEDY) {
      return new GreedyDecoder(blank, words);
    }
    WordTable table = new WordTable();
    LanguageModel model =
        languageModel == null ? LanguageModel.none() : ArpaReader.read(languageModel, table);
    return new PrefixBeamDecoder(words, table, model, blank, beam);
  }

  /** Parameters that a reader of the result needs to decode alike. */
  public Map<String, Object> asParams() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("decoder", type.name().toLowerCase(Locale.ROOT));
    params.put("blank_penalty", blankPenalty);
    if (type != Type.GREEDY) {
      params.put("lm_weight", beam.languageModelWeight());
      params.put("word_score", beam.wordScore());
      params.put("beam_size", beam.beamSize());
      params.put("beam_threshold", beam.beamThreshold());
      params.put("token_beam", beam.tokenBeam());
    }
    return params;
  }

  private static double blankPenalty(ManifestSection section) throws ProcessingException {
    double penalty = section.numberOr("blank_penalty", 0);
    if (!(penalty >= 0)) {
      throw section.invalid("blank_penalty", "0 or more");
    }
    return penalty;
  }

  private static BeamOptions beam(ManifestSection section) throws ProcessingException {
    try {
      return new BeamOptions(
          section.numberOr("lm_weight", 1),
          section.numberOr("word_score", 0),
          section.integerOr("beam_size", BEAM_SIZE),
          section.numberOr("beam_threshold", BEAM_THRESHOLD),
          section.integerOr("token_beam", TOKEN_BEAM));
    } catch (IllegalArgumentException e) {
      throw section.invalid("beam_size", "a possible beam (" + e.getMessage() + ")", e);
    }
  }
}
