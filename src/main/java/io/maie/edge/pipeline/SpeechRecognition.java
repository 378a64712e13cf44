package io.maie.edge.pipeline;

import static java.util.stream.Collectors.joining;

import io.maie.edge.asr.ChosenRecognizer;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.RecognizerChoice;
import io.maie.edge.asr.RecognizerWish;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.Feature;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.FilterIdentity;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.TextConfidence;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.UnheardSpeech;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the speech of a recording and recognises it: its one sound, or channel by channel. */
final class SpeechRecognition {
  /** Features that are made of the transcript, so that asking for one asks for recognition. */
  private static final Set<Feature> MADE_OF_SPEECH =
      Set.of(Feature.RAW_TRANSCRIPT, Feature.CLEAN_TRANSCRIPT, Feature.SUMMARY);

  /** More speech without a word is worth a warning, in seconds. */
  private static final double MOST_UNHEARD_SECONDS = 2;

  /** The same as a share of all speech. */
  private static final double MOST_UNHEARD_SHARE = 0.02;

  private final Engines engines;
  private final SpeechRegionRules rules;
  private final RecordingParameters parameters;
  private final StageClock clock;
  private final List<Warning> warnings = new ArrayList<>();
  private @Nullable ModelIdentity vadModel;
  private @Nullable ModelIdentity asrModel;
  private @Nullable FilterIdentity filter;

  SpeechRecognition(
      Engines engines, SpeechRegionRules rules, RecordingParameters parameters, StageClock clock) {
    this.engines = engines;
    this.rules = rules.withThreshold(parameters.vadThreshold());
    this.parameters = parameters;
    this.clock = clock;
  }

  /**
   * Sound to be recognised.
   *
   * @param number of the channel or track that it is; null if it is all that is heard
   * @param level with the curve by which {@code samples} were raised
   */
  record Sound(@Nullable Integer number, SampleSource samples, SoundLevel level) {}

  /**
   * Outcome of the recognition.
   *
   * @param regions the stretches of speech on any channel, ascending, not overlapping
   */
  record Recognized(List<SpeechRegion> regions, Recognition recognition) {

    Recognized {
      regions = List.copyOf(regions);
    }
  }

  /**
   * Recognises all of {@code sounds}.
   *
   * @param whole level of the recording as a whole
   */
  Recognized run(List<Sound> sounds, SoundLevel whole)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechRegions> regions = detect(sounds, whole);
    Recognition recognition = recognize(sounds, regions);
    return new Recognized(SeparateTranscripts.union(regions), recognition);
  }

  private List<SpeechRegions> detect(List<Sound> sounds, SoundLevel whole)
      throws ProcessingException, TaskStoppedException, IOException {
    if (!parameters.enableVad()) {
      clock.skip(Stage.VAD);
      return wholeRecording(sounds);
    }
    try {
      return clock.time(
          Stage.VAD,
          context -> {
            VoiceActivityDetector detector = engines.detectors().choose();
            List<SpeechRegions> regions = new ArrayList<>();
            for (Sound sound : sounds) {
              double done = (double) regions.size() / sounds.size();
              StageContext part = part(context, sound, done, done + 1.0 / sounds.size());
              regions.add(
                  SpeechRegions.found(
                      new SpeechSearch(detector, rules, part)
                          .find(sound.samples(), sound.level())));
            }
            vadModel = detector.model();
            SpeechlessRecording.explain(SeparateTranscripts.union(regions), whole)
                .ifPresent(warnings::add);
            return regions;
          });
    } catch (ProcessingException e) {
      if (e.code().scope() == FailureCode.Scope.INSTALLATION) {
        throw e;
      }
      String message =
          "Voice activity detection failed; the whole recording was recognised instead: ";
      warnings.add(
          new Warning(WarningCode.VAD_FAILED, Stage.VAD.label(), message + e.getMessage()));
      return wholeRecording(sounds);
    }
  }

  private static List<SpeechRegions> wholeRecording(List<Sound> sounds) {
    return sounds.stream().map(sound -> SpeechRegions.unsearched(sound.samples())).toList();
  }

  /** The context of one sound among several, which keeps checkpoints of its own. */
  private static StageContext part(StageContext context, Sound sound, double from, double to) {
    @Nullable Integer number = sound.number();
    Checkpoint own =
        number == null
            ? context.checkpoint()
            : context.checkpoint().within("channel-" + number + "-");
    return new StageContext(context.progress().part(from, to), context.cancellation(), own);
  }

  private Recognition recognize(List<Sound> sounds, List<SpeechRegions> regions)
      throws ProcessingException, TaskStoppedException, IOException {
    if (parameters.features().stream().noneMatch(MADE_OF_SPEECH::contains)) {
      clock.skip(Stage.ASR);
      return new Recognition(Transcript.of(List.of()), List.of());
    }
    return clock.time(
        Stage.ASR,
        context -> {
          ChosenRecognizer chosen = recognizers().choose(RecognizerWish.of(parameters));
          List<Recognition> heard = new ArrayList<>();
          double all = regions.stream().mapToDouble(SpeechRecognition::seconds).sum();
          double done = 0;
          for (Sound sound : sounds) {
            SpeechRegions own = regions.get(heard.size());
            double next = all == 0 ? 1 : Math.min(1, done + seconds(own) / all);
            heard.add(recognize(sound, own, chosen.recognizer(), part(context, sound, done, next)));
            done = next;
          }
          asrModel = chosen.recognizer().model();
          filter = engines.filter().identity().orElse(null);
          context.tick(1);
          Recognition merged = SeparateTranscripts.merged(sounds, heard);
          if (options().language() == null && chosen.languages().size() == 1) {
            warnOfAssumedLanguage(chosen, merged.transcript());
          }
          return merged;
        });
  }

  private RecognizerChoice recognizers() {
    if (!clock.sparesMemory()) {
      return engines.recognizers();
    }
    warnings.add(
        new Warning(
            WarningCode.LITTLE_MEMORY,
            Stage.ASR.label(),
            "An earlier attempt ran out of memory, so the speech was recognised on one"
                + " thread and with as little memory as the model allows; some words may be less"
                + " exact"));
    return engines.recognizers().sparingMemory();
  }

  private Recognition recognize(
      Sound sound, SpeechRegions regions, SpeechRecognizer recognizer, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    SpeechOrder order = new SpeechOrder(sound.samples(), regions, options(), context);
    Recognition recognition = recognizer.recognize(order);
    Recognition filtered = engines.filter().apply(recognition, order);
    filtered.warnings().stream().filter(each -> !warnings.contains(each)).forEach(warnings::add);
    warnOfSkippedSpeech(sound, filtered.skipped());
    warnOfUnheardSpeech(regions.without(filtered.skipped()), filtered.transcript());
    return filtered;
  }

  private static double seconds(SpeechRegions regions) {
    return regions.list().stream().mapToDouble(region -> region.span().seconds()).sum();
  }

  private void warnOfSkippedSpeech(Sound sound, List<SampleSpan> skipped) {
    if (!skipped.isEmpty()) {
      String stretches = skipped.stream().map(SpeechRecognition::fromTo).collect(joining(", "));
      String channel = sound.number() == null ? "" : " in channel " + sound.number();
      warnings.add(
          new Warning(
              WarningCode.SPEECH_SKIPPED,
              Stage.ASR.label(),
              "The program crashed twice in the speech "
                  + stretches
                  + channel
                  + ", which was left out and has no words"));
    }
  }

  private static String fromTo(SampleSpan stretch) {
    return String.format(
        Locale.ROOT, "from %.1f s to %.1f s", stretch.startSeconds(), stretch.endSeconds());
  }

  private void warnOfUnheardSpeech(SpeechRegions regions, Transcript transcript) {
    List<SampleSpan> unheard =
        regions.areFound() ? UnheardSpeech.in(regions.list(), transcript.segments()) : List.of();
    double seconds = unheard.stream().mapToDouble(SampleSpan::seconds).sum();
    if (seconds > MOST_UNHEARD_SECONDS || seconds > MOST_UNHEARD_SHARE * seconds(regions)) {
      warnings.add(
          new Warning(
              WarningCode.UNHEARD_SPEECH,
              Stage.ASR.label(),
              String.format(
                  Locale.ROOT,
                  "%.1f s of what sounds like speech have no words, also after a second hearing;"
                      + " the first stretch begins at %.1f s",
                  seconds,
                  unheard.get(0).startSeconds())));
    }
  }

  private RecognitionOptions options() {
    return new RecognitionOptions(
        parameters.spokenLanguage().orElse(null),
        parameters.languages(),
        parameters.translate(),
        parameters.initialPrompt(),
        parameters.vocabulary());
  }

  /** A text that its model is sure of is in the model's language. */
  private void warnOfAssumedLanguage(ChosenRecognizer chosen, Transcript transcript) {
    if (TextConfidence.isLow(transcript.segments())) {
      warnings.add(
          new Warning(
              WarningCode.LANGUAGE_ASSUMED,
              Stage.ASR.label(),
              "The model '%s' knows '%s' only and is unsure of the text; the recording may be in another"
                      .formatted(chosen.recognizer().model().name(), chosen.languages().get(0))
                  + " language"));
    }
  }

  /** The model that found the speech; null if none was used. */
  @Nullable ModelIdentity vadModel() {
    return vadModel;
  }

  /** The model that recognised it; null if none was used. */
  @Nullable ModelIdentity asrModel() {
    return asrModel;
  }

  /** Filter that looked for invented text; null if there was none. */
  @Nullable FilterIdentity filter() {
    return filter;
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }
}
