package io.maie.edge.diarization.pieces;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Scores every speaker in every frame, block by block: what the pieces say of the frame, plus what
 * the windows say through their local speakers. The pieces decide who it is; the windows add the
 * second voice where two talk at once, since there are no pieces there.
 */
final class SpeakerScores {
  /** Frames that are scored at once: ten minutes. */
  private static final int BLOCK = 35_556;

  /** A local speaker whose frames the pieces claim less than this is known by his voice only. */
  private static final double FEWEST_VOTES = 5;

  /** Feature frames below which a local speaker's voice says nothing: 0.4 s. */
  private static final int FEWEST_FEATURES = 40;

  /** Weight of a piece at its edge, beside the triangle that is 1/2 in its middle. */
  private static final double PIECE_FLOOR = 0.05;

  private final LocalActivity activity;
  private final List<Piece> pieces;
  private final PieceLabeler.Labels labels;
  private final SampleSource audio;
  private final EmbeddingModel model;
  private final double[] fade;

  /** The first piece that may reach into a later block. */
  private int firstPiece;

  SpeakerScores(
      LocalActivity activity,
      List<Piece> pieces,
      PieceLabeler.Labels labels,
      SampleSource audio,
      EmbeddingModel model) {
    this.activity = activity;
    this.pieces = pieces;
    this.labels = labels;
    this.audio = audio;
    this.model = model;
    this.fade = activity.fade();
  }

  /** Takes the scores of one frame after the other. */
  @FunctionalInterface
  interface Sink {
    void accept(int frame, float[] scores);
  }

  /**
   * Scores all frames.
   *
   * @param sink is given shape (speakers), each 0 or more
   */
  void forEach(Sink sink, Cancellation cancellation)
      throws ProcessingException, TaskStoppedException, IOException {
    for (int from = 0; from < activity.frames(); from += BLOCK) {
      cancellation.throwIfStopped();
      new Block(from).score(sink);
    }
  }

  /** Frames that are scored together. */
  private final class Block {
    private final int from;
    private final int to;

    /** The first frame of {@link #own}, as windows reach beyond the block. */
    private final int ownFrom;

    /** The shares of the pieces, shape (frames, speakers). */
    private final float[][] own;

    /** Scores of the windows, shape (frames, speakers). */
    private final float[][] seen;

    /** The weight of the windows over each frame. */
    private final double[] cover;

    Block(int from) {
      this.from = from;
      to = Math.min(activity.frames(), from + BLOCK);
      int margin = activity.windowFrames();
      ownFrom = Math.max(0, from - margin);
      own = own(ownFrom, Math.min(activity.frames(), to + margin));
      seen = new float[to - from][labels.centroids().size()];
      cover = new double[to - from];
    }

    void score(Sink sink) throws ProcessingException, IOException {
      int window = activity.firstWindowAt(from);
      while (window < activity.windows() && activity.starts()[window] < to) {
        add(window, shares(window));
        window++;
      }
      for (int frame = from; frame < to; frame++) {
        float[] scores = seen[frame - from];
        for (int c = 0; c < scores.length; c++) {
          scores[c] = (float) (scores[c] / cover[frame - from]) + own[frame - ownFrom][c];
        }
        sink.accept(frame, scores);
      }
    }

    /**
     * Maps the local speakers of a window to the speakers of the recording.
     *
     * @return shape (local speakers, speakers), each row adds up to 1 or is zero
     */
    private float[][] shares(int window) throws ProcessingException, IOException {
      int offset = activity.starts()[window] - ownFrom;
      byte[] masks = activity.masks()[window];
      float[][] shares = new float[Powerset.MOST_SPEAKERS][labels.centroids().size()];
      for (int speaker = 0; speaker < shares.length; speaker++) {
        boolean talks = false;
        double votes = 0;
        for (int i = 0; i < masks.length; i++) {
          talks |= Powerset.holds(masks[i], speaker);
          if (Powerset.isAlone(masks[i], speaker)) {
            for (int c = 0; c < shares[speaker].length; c++) {
              shares[speaker][c] += own[offset + i][c];
              votes += own[offset + i][c];
            }
          }
        }
        if (talks && votes < FEWEST_VOTES) {
          addLikeness(window, speaker, shares[speaker]);
        }
        normalize(shares[speaker]);
      }
      return shares;
    }

    private void add(int window, float[][] shares) {
      byte[] masks = activity.masks()[window];
      int start = activity.starts()[window];
      for (int i = Math.max(0, from - start); i < masks.length; i++) {
        int at = start + i - from;
        if (at >= seen.length) {
          return;
        }
        cover[at] += fade[i];
        for (int c = 0; c < seen[at].length; c++) {
          float most = 0;
          for (int speaker = 0; speaker < shares.length; speaker++) {
            if (Powerset.holds(masks[i], speaker)) {
              most = Math.max(most, shares[speaker][c]);
            }
          }
          seen[at][c] += (float) (most * fade[i]);
        }
      }
    }
  }

  /** The share of each speaker in the pieces over each frame, shape (frames, speakers). */
  private float[][] own(int from, int to) {
    float[][] own = new float[to - from][labels.centroids().size()];
    while (firstPiece < pieces.size() && pieces.get(firstPiece).end() <= from) {
      firstPiece++;
    }
    for (int p = firstPiece; p < pieces.size() && pieces.get(p).start() < to; p++) {
      Piece piece = pieces.get(p);
      int end = Math.min(to, piece.end());
      for (int frame = Math.max(from, piece.start()); frame < end; frame++) {
        int edge = Math.min(frame - piece.start(), piece.end() - 1 - frame);
        own[frame - from][labels.speakers()[p]] +=
            (float) ((edge + 1.0) / piece.frames() + PIECE_FLOOR);
      }
    }
    for (float[] frame : own) {
      normalize(frame);
    }
    return own;
  }

  private static void normalize(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    for (int i = 0; sum > 0 && i < values.length; i++) {
      values[i] /= sum;
    }
  }

  /** Adds how much a local speaker sounds like each speaker, from all frames in which he talks. */
  private void addLikeness(int window, int speaker, float[] votes)
      throws ProcessingException, IOException {
    byte[] masks = activity.masks()[window];
    FeatureMatrix all =
        model.features(
            audio.read(LocalActivity.span(activity.starts()[window], audio.length())).samples());
    int bands = all.bands();
    float[] chosen = new float[all.values().length];
    int frames = 0;
    for (int i = 0; i < all.frames(); i++) {
      if (Powerset.holds(masks[nearestFrame(i, masks.length)], speaker)) {
        System.arraycopy(all.values(), i * bands, chosen, frames * bands, bands);
        frames++;
      }
    }
    if (frames < FEWEST_FEATURES) {
      return;
    }
    float[] voice =
        model.embed(new FeatureMatrix(Arrays.copyOf(chosen, frames * bands), frames, bands));
    for (int c = 0; c < votes.length; c++) {
      votes[c] += (float) Math.max(0, Vectors.dot(voice, labels.centroids().get(c).voice()));
    }
  }

  /** The frame of a window that is centred nearest to the middle of a feature frame. */
  private static int nearestFrame(int feature, int frames) {
    int middle = feature * 160 + 200;
    int nearest = (int) Math.rint((middle - FrameGrid.FIELD / 2) / (double) FrameGrid.HOP);
    return Math.max(0, Math.min(frames - 1, nearest));
  }
}
