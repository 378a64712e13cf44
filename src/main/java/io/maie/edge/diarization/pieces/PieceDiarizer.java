package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ModelFolder;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.util.List;

/**
 * Diarization with a powerset segmentation model and a filter bank embedding model: windows,
 * frames, pieces of one voice, embeddings, clusters, turns. Memory that grows with the recording is
 * one byte per frame and window, and one embedding per 0.75 s of speech. The result depends on the
 * samples and the models alone.
 */
public final class PieceDiarizer implements Diarizer {
  /** Family of powerset models with the pyannote interface, as in manifests. */
  public static final String SEGMENTATION_FAMILY = "pyannote";

  /** Family of models that make a vector of filter bank energies, as in manifests. */
  public static final String EMBEDDING_FAMILY = "fbank_embedding";

  /** Shorter recordings hold no turn. */
  private static final long SHORTEST = Waveform.SAMPLE_RATE / 10;

  /** Share of the stage's time until the windows are segmented. */
  private static final double SEGMENTED = 0.2;

  /** Share of the stage's time until the pieces have embeddings. */
  private static final double EMBEDDED = 0.98;

  private final Segmenter segmenter;
  private final EmbeddingModel voices;
  private final PieceEmbedder embedder;
  private final EmbeddingOptions options;
  private final List<ModelIdentity> models;

  private PieceDiarizer(
      SegmentationFolder segmentation, EmbeddingFolder embedding, OnnxRuntime onnx)
      throws ProcessingException {
    options = embedding.options();
    segmenter = new Segmenter(segmentation.model(onnx), segmentation.identity().checkpointHash());
    voices = embedding.model(onnx);
    embedder = new PieceEmbedder(voices, embedding.identity().checkpointHash());
    models = List.of(segmentation.identity(), embedding.identity());
  }

  /**
   * A diarizer; the files of the models open when first used.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if a manifest cannot be obeyed
   */
  public static PieceDiarizer open(
      ModelFolder segmentation, ModelFolder embedding, OnnxRuntime runtime)
      throws ProcessingException {
    requireNonNull(runtime, "runtime is null");
    return new PieceDiarizer(
        new SegmentationFolder(segmentation), new EmbeddingFolder(embedding), runtime);
  }

  /**
   * Runs one of the two models once, on noise, without the other.
   *
   * @param model a segmentation or an embedding model
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if its manifest cannot be obeyed, or the
   *     graph takes or returns something else than such a model; {@code PROCESSING_ERROR} if the
   *     graph does not run
   */
  public static void tryOut(ModelFolder model, OnnxRuntime runtime) throws ProcessingException {
    SpeakerModelTrial.run(model, runtime);
  }

  @Override
  public Diarization diarize(
      SampleSource audio, List<SpeechRegion> speech, SpeakerCount count, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    if (audio.length() < SHORTEST) {
      return Diarization.EMPTY;
    }
    LocalActivity activity = segmenter.segment(audio, speech, context.part(0, SEGMENTED));
    FrameActivity frames = ActivityMerger.merge(activity);
    List<Piece> pieces = PieceCutter.cut(frames);
    if (pieces.isEmpty()) {
      return Diarization.EMPTY;
    }
    float[][] embeddings = embedder.embed(audio, pieces, context.part(SEGMENTED, EMBEDDED));
    context.tick(EMBEDDED);
    EmbeddingOptions fit =
        Bandwidth.isNarrow(audio, pieces, voices) ? options.overTelephone() : options;
    PieceLabeler.Labels labels =
        new PieceLabeler(pieces, embeddings)
            .label(new SpeakerFinder(pieces, embeddings, fit).find(count));
    context.tick(EMBEDDED);
    TurnBuilder turns = new TurnBuilder(frames.counts(), labels.centroids().size(), audio.length());
    new SpeakerScores(activity, pieces, labels, audio, voices)
        .forEach(turns::accept, context.cancellation());
    return diarization(turns.build(), labels.centroids());
  }

  @Override
  public Voiceprint voiceprint(String name, List<SampleSource> samples, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    EnrolledVoice voice = new EnrolledVoice(name, options);
    for (SampleSource audio : samples) {
      if (audio.length() >= SHORTEST) {
        LocalActivity activity = segmenter.segment(audio, SpeechRegion.whole(audio), context);
        List<Piece> pieces = PieceCutter.cut(ActivityMerger.merge(activity));
        voice.add(pieces, embedder.embed(audio, pieces, context));
      }
    }
    return new Voiceprint(name, models.get(1).checkpointHash(), voice.embedding());
  }

  private static Diarization diarization(TurnBuilder.Built built, List<Centroid> centroids) {
    return new Diarization(
        built.turns(),
        built.numbers().entrySet().stream()
            .map(
                speaker ->
                    new Diarization.Voice(
                        speaker.getValue(), centroids.get(speaker.getKey()).voice()))
            .toList());
  }

  @Override
  public List<ModelIdentity> models() {
    return models;
  }
}
