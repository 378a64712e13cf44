package io.maie.edge.pipeline;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.Cleaning;
import io.maie.edge.request.Feature;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.CleanedText;
import io.maie.edge.result.Summary;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.schema.Problem;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.correct.Corrected;
import io.maie.edge.text.correct.TranscriptCorrector;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.text.summary.IncompleteSummaryException;
import io.maie.edge.text.summary.Summaries;
import io.maie.edge.text.summary.Summarized;
import io.maie.edge.text.summary.SummaryInput;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Transcript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the further texts of a transcript that were asked for. A failure gives a warning; the
 * transcript stays.
 */
final class TextStage {
  /** Share of the stage when the transcript is clean. */
  private static final double CLEANING_SHARE = 0.5;

  private final Summaries summaries;
  private final RecordingParameters parameters;
  private final StageClock clock;
  private final List<Warning> warnings = new ArrayList<>();
  private @Nullable Template template;

  /** Made texts; null where one was not asked for, or could not be made. */
  record Texts(@Nullable CleanedText cleaned, @Nullable Summary summary) {
    static final Texts NONE = new Texts(null, null);
  }

  /**
   * A transcript and its speakers.
   *
   * @param names of the speakers, by their ids
   */
  private record Speech(Transcript transcript, Map<String, String> names) {}

  TextStage(Summaries summaries, RecordingParameters parameters, StageClock clock) {
    this.summaries = summaries;
    this.parameters = parameters;
    this.clock = clock;
  }

  /**
   * Finds out early whether the request can be served.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS} if there is no such template
   */
  void prepare() throws ProcessingException, IOException {
    boolean cleans = asksFor(Feature.CLEAN_TRANSCRIPT);
    if (asksFor(Feature.ENHANCEMENT_METRICS) && !cleans) {
      warnings.add(
          new Warning(
              WarningCode.FEATURE_UNAVAILABLE,
              "request",
              "'enhancement_metrics' are figures about 'clean_transcript', which was not asked"
                  + " for"));
    }
    @Nullable String id = parameters.templateId();
    if (asksFor(Feature.SUMMARY) && id != null) {
      CheckedTemplate checked = summaries.template(id);
      template = checked.templateOrNull();
      if (template == null) {
        List<String> problems = checked.problems().stream().map(Problem::toString).toList();
        warn(
            WarningCode.TEXT_FAILED,
            "The template '" + id + "' cannot be used: " + String.join("; ", problems));
      }
    }
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Makes the texts.
   *
   * @param voices names of speakers by their voices; names from the sender win
   */
  Texts run(Transcript transcript, Map<String, String> voices)
      throws ProcessingException, TaskStoppedException, IOException {
    if (!asksFor(Feature.CLEAN_TRANSCRIPT) && template == null) {
      return Texts.NONE;
    }
    Map<String, String> names = new HashMap<>(voices);
    names.putAll(parameters.speakerNames());
    try {
      return clock.time(
          Stage.TEXT, context -> make(new Speech(written(transcript), names), context));
    } catch (RuntimeException e) {
      // rules over whatever a recogniser may write: an error in them is not worth the transcript
      warn(WarningCode.TEXT_FAILED, "An error in the rules: " + e);
      return Texts.NONE;
    }
  }

  /** A translation is in English, whatever was spoken. */
  private Transcript written(Transcript transcript) {
    return parameters.translate()
        ? Transcript.of(new Language("en", 1), transcript.segments())
        : transcript;
  }

  private Texts make(Speech speech, StageContext context) throws TaskStoppedException {
    @Nullable CleanedText cleaned =
        asksFor(Feature.CLEAN_TRANSCRIPT)
            ? corrected(speech, context.part(0, CLEANING_SHARE))
            : null;
    StageContext rest = context.part(CLEANING_SHARE, 1);
    return new Texts(cleaned, summary(speech, cleaned, rest));
  }

  /** The clean transcript, after a language model went over it, if there is one. */
  private CleanedText corrected(Speech speech, StageContext context) throws TaskStoppedException {
    CleanedText cleaned = cleaned(speech, parameters.cleaning());
    Optional<TranscriptCorrector> cleaner = summaries.cleaner();
    if (cleaner.isEmpty()) {
      return cleaned;
    }
    Corrected made =
        cleaner.get().correct(speech.transcript(), cleaned, vocabulary(speech.names()), context);
    made.remarks().forEach(remark -> warn(WarningCode.LANGUAGE_MODEL_LIMITED, remark));
    return made.cleaned();
  }

  private @Nullable Summary summary(
      Speech speech, @Nullable CleanedText cleaned, StageContext context)
      throws TaskStoppedException {
    if (template == null) {
      return null;
    }
    Set<Cleaning> steps = EnumSet.of(Cleaning.FILLERS);
    steps.addAll(parameters.cleaning());
    try {
      CleanedText fluent =
          cleaned != null && steps.equals(parameters.cleaning()) ? cleaned : cleaned(speech, steps);
      SummaryInput input = new SummaryInput(template, speech.transcript(), fluent, speech.names());
      Summarized made = summaries.engine().summarize(input, context);
      made.remarks().forEach(remark -> warn(WarningCode.LANGUAGE_MODEL_LIMITED, remark));
      return made.summary();
    } catch (ModelException e) {
      warn(WarningCode.LANGUAGE_MODEL_LIMITED, "There is no summary: " + e.getMessage());
      return null;
    } catch (IncompleteSummaryException e) {
      warn(WarningCode.SUMMARY_INCOMPLETE, "There is no summary: " + e.getMessage());
      return null;
    }
  }

  private CleanedText cleaned(Speech speech, Set<Cleaning> steps) {
    return new TranscriptCleaner(steps, vocabulary(speech.names())).clean(speech.transcript());
  }

  private List<String> vocabulary(Map<String, String> names) {
    List<String> vocabulary = new ArrayList<>(parameters.vocabulary());
    vocabulary.addAll(names.values());
    return vocabulary;
  }

  private boolean asksFor(Feature feature) {
    return parameters.features().contains(feature);
  }

  private void warn(WarningCode code, String message) {
    warnings.add(new Warning(code, Stage.TEXT.label(), message));
  }
}
