package io.maie.edge.daemon;

import io.maie.edge.progress.Stage;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Estimates how far a task is as a whole, and how long it will still take. */
final class Estimate {
  /** Shares of the whole at which the stages begin; recognition takes nearly all of the time. */
  private static final double VAD_BEGINS = 0.05;

  private static final double ASR_BEGINS = 0.12;
  private static final double DIARIZATION_BEGINS = 0.70;
  private static final double TEXT_BEGINS = 0.98;
  private static final double PUBLISH_BEGINS = 0.99;

  /** Up to this share the time of earlier tasks tells more than the time of this one. */
  private static final double ENOUGH = 0.25;

  private Estimate() {}

  /**
   * The share of the whole task that is done, 0 to 1.
   *
   * @param diarizes whether the task finds out who spoke when
   */
  static double share(Stage stage, double fraction, boolean diarizes) {
    double bounded = Math.max(0, Math.min(1, fraction));
    return switch (stage) {
      case DECODE -> new Part(0, VAD_BEGINS).at(bounded);
      case VAD -> new Part(VAD_BEGINS, ASR_BEGINS).at(bounded);
      case ASR -> new Part(ASR_BEGINS, diarizes ? DIARIZATION_BEGINS : TEXT_BEGINS).at(bounded);
      case DIARIZATION -> new Part(DIARIZATION_BEGINS, TEXT_BEGINS).at(bounded);
      case TEXT -> new Part(TEXT_BEGINS, PUBLISH_BEGINS).at(bounded);
      case PUBLISH -> PUBLISH_BEGINS;
    };
  }

  /** The shares of the whole between which a stage lies. */
  private record Part(double from, double to) {

    double at(double fraction) {
      return from + (to - from) * fraction;
    }
  }

  /**
   * Seconds still to go, from the share that is done or, early on, from the measured real-time
   * factor; null while neither tells.
   */
  static @Nullable Long remainingSeconds(
      double share, Duration elapsed, @Nullable Double audioSeconds, OptionalDouble factor) {
    double elapsedSeconds = elapsed.toNanos() / 1e9;
    if (share < ENOUGH && audioSeconds != null && factor.isPresent()) {
      return Math.round(Math.max(0, audioSeconds * factor.getAsDouble() - elapsedSeconds));
    }
    if (share < ENOUGH) {
      return null;
    }
    return Math.round(elapsedSeconds * (1 - share) / share);
  }
}
