package io.maie.edge.asr.chunkformer;

import io.maie.edge.asr.frames.TokenTable;
import io.maie.edge.asr.transducer.TokenHead;
import io.maie.edge.audio.Waveform;
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
 * The section {@code chunkformer} of a manifest, checked.
 *
 * @param checkpointHash {@code sha256:} and the encoder's checksum
 * @param maxWindowSamples the samples that are heard in one call
 * @param maxUncutSamples longer speech is cut, and not heard in steps
 */
record ChunkformerSettings(
    Graphs graphs,
    String checkpointHash,
    String computeType,
    Shape shape,
    Convolution convolution,
    TokenHead head,
    TokenTable tokens,
    int blank,
    int maxSymbols,
    long maxWindowSamples,
    long maxUncutSamples) {
  private static final int WINDOW_SECONDS = 60;
  private static final int UNCUT_SECONDS = 1200;

  /** The convolutions of a whole window hold 4 MB a second in a model of size 512. */
  private static final int WHOLE_SECONDS = 30;

  private static final int BANDS = 80;
  private static final int SETTLED = 384;
  private static final int LOOKAHEAD = 256;
  private static final int MAX_SYMBOLS = 10;

  /** The frames that the convolution of a chunk hears. */
  enum Convolution {
    /** The frames behind the chunk too, as the package's {@code batch_decode} computes it. */
    OPEN,
    /** The chunk and what is before it, as in training and the package's {@code encode}. */
    CLOSED
  }

  /**
   * The graphs.
   *
   * @param stem null if the encoder takes the features of whole windows, as the one has that the
   *     package exports itself
   * @param ctc null if the checkpoint has no such head
   * @param predictor null, as {@code joiner}, if the checkpoint is no transducer
   */
  record Graphs(
      @Nullable Path stem,
      Path encoder,
      @Nullable Path ctc,
      @Nullable Path predictor,
      @Nullable Path joiner) {}

  /**
   * Numbers of the encoder. A frame is 80 ms.
   *
   * @param bands of the filter bank
   * @param size numbers per frame
   * @param chunk frames in a chunk
   * @param settled frames that a step of a long window settles, a multiple of {@code chunk}
   * @param lookahead frames that a step hears beyond those
   */
  record Shape(int bands, int size, int chunk, int settled, int lookahead) {}

  /**
   * Reads the settings and the token table; no graph is opened.
   *
   * @param wish the head to use where the model has both
   * @throws ProcessingException {@code MODEL_LOAD_ERROR}
   */
  static ChunkformerSettings read(ModelFolder folder, TokenHead wish)
      throws ProcessingException, IOException {
    ManifestSection section = folder.manifest().settings();
    section.requireOnly(
        "stem",
        "encoder",
        "ctc",
        "predictor",
        "joiner",
        "tokens",
        "blank",
        "compute_type",
        "bands",
        "size",
        "chunk",
        "step_frames",
        "lookahead_frames",
        "convolution",
        "decoder",
        "max_symbols_per_frame",
        "max_window_seconds",
        "max_uncut_seconds");
    Graphs graphs = graphs(folder, section);
    TokenTable tokens = TokenTable.read(folder.file(section, "tokens"));
    boolean isWhole = graphs.stem == null;
    if (isWhole && section.has("max_uncut_seconds")) {
      throw section.invalid("max_uncut_seconds", "a model with a stem, which hears in steps");
    }
    int window =
        section.integerAtLeast(1, "max_window_seconds", isWhole ? WHOLE_SECONDS : WINDOW_SECONDS);
    int uncut = isWhole ? window : Math.max(window, UNCUT_SECONDS);
    return new ChunkformerSettings(
        graphs,
        folder.checkpointHash(section, "encoder"),
        section.textOr("compute_type", "fp32"),
        shape(section),
        section.choiceOr("convolution", Convolution.OPEN),
        wish.of(head(section, graphs), graphs.ctc != null, graphs.joiner != null),
        tokens,
        blank(section, tokens),
        section.integerAtLeast(1, "max_symbols_per_frame", MAX_SYMBOLS),
        (long) window * Waveform.SAMPLE_RATE,
        (long) section.integerAtLeast(window, "max_uncut_seconds", uncut) * Waveform.SAMPLE_RATE);
  }

  private static Graphs graphs(ModelFolder folder, ManifestSection section)
      throws ProcessingException {
    if (section.has("predictor") != section.has("joiner")) {
      throw section.invalid("joiner", "a joiner with a predictor, and only with one");
    }
    return new Graphs(
        section.has("stem") ? folder.file(section, "stem") : null,
        folder.file(section, "encoder"),
        section.has("ctc") ? folder.file(section, "ctc") : null,
        section.has("predictor") ? folder.file(section, "predictor") : null,
        section.has("joiner") ? folder.file(section, "joiner") : null);
  }

  private static Shape shape(ManifestSection section) throws ProcessingException {
    int chunk = section.integerAtLeast(1, "chunk", section.has("stem") ? 0 : 1);
    int settled =
        section.integerAtLeast(chunk, "step_frames", Math.max(chunk, SETTLED / chunk * chunk));
    if (settled % chunk != 0) {
      throw section.invalid("step_frames", "a multiple of " + chunk);
    }
    return new Shape(
        section.integerAtLeast(1, "bands", BANDS),
        section.integerAtLeast(1, "size", 0),
        chunk,
        settled,
        section.integerAtLeast(0, "lookahead_frames", LOOKAHEAD));
  }

  private static TokenHead head(ManifestSection section, Graphs graphs) throws ProcessingException {
    TokenHead head = section.choiceOr("decoder", TokenHead.AUTO);
    boolean hasNone = graphs.ctc == null && graphs.joiner == null;
    if (hasNone
        || (head == TokenHead.CTC && graphs.ctc == null)
        || (head == TokenHead.TRANSDUCER && graphs.joiner == null)) {
      throw section.invalid("decoder", "a decoder whose graphs the model has");
    }
    return head;
  }

  private static int blank(ManifestSection section, TokenTable tokens) throws ProcessingException {
    int blank = section.integerOr("blank", 0);
    if (blank < 0 || blank >= tokens.size()) {
      throw section.invalid("blank", "the number of a token, 0 to " + (tokens.size() - 1));
    }
    return blank;
  }

  /** Parameters that a reader of the result needs to decode alike. */
  Map<String, Object> asParams() {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("decoder", head.name().toLowerCase(Locale.ROOT));
    if (graphs.stem == null) {
      params.put("max_symbols_per_frame", maxSymbols);
      params.put("max_window_seconds", maxWindowSamples / Waveform.SAMPLE_RATE);
      return params;
    }
    params.put("convolution", convolution.name().toLowerCase(Locale.ROOT));
    params.put("chunk", shape.chunk());
    params.put("step_frames", shape.settled());
    params.put("lookahead_frames", shape.lookahead());
    params.put("max_symbols_per_frame", maxSymbols);
    return params;
  }
}
