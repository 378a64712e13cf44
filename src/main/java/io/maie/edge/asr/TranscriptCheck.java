package io.maie.edge.asr;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Stage;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.TextConfidence;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Notes for the reader of a transcript on how well it was recognised.
 *
 * @param modelName the name of the model for people
 * @param segments of the transcript, with words and confidences
 * @param timed whether words were to be timed by what the model attends to
 */
public record TranscriptCheck(String modelName, List<Segment> segments, boolean timed) {
  private static final int PERCENT = 100;

  public TranscriptCheck {
    requireNonNull(modelName, "modelName is null");
    segments = List.copyOf(segments);
  }

  /** In the order of importance. */
  public List<Warning> warnings() {
    List<Warning> warnings = new ArrayList<>();
    if (TextConfidence.isLow(segments)) {
      warnings.add(lowConfidence());
    }
    boolean estimated =
        segments.stream().flatMap(each -> each.words().stream()).anyMatch(Word::estimated);
    if (timed && estimated) {
      warnings.add(
          warning(
              WarningCode.FEATURE_UNAVAILABLE,
              "The model '%s' does not tell when words are said; their times are estimated"
                  .formatted(modelName)));
    }
    return List.copyOf(warnings);
  }

  private Warning lowConfidence() {
    return warning(
        WarningCode.LOW_CONFIDENCE,
        String.format(
            Locale.ROOT,
            "The model '%s' is unsure of this recording: %d %% of the words are in segments of low"
                + " confidence",
            modelName,
            Math.round(PERCENT * TextConfidence.unsureShare(segments))));
  }

  private static Warning warning(WarningCode code, String message) {
    return new Warning(code, Stage.ASR.label(), message);
  }
}
