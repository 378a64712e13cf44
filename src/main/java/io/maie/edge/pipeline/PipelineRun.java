package io.maie.edge.pipeline;

import io.maie.edge.asr.ChosenRecognizer;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.diarization.SpeakerAttribution;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.Feature;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.FilterIdentity;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.SourceAudio;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.TextConfidence;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.UnheardSpeech;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way of one recording through the stages; used once. */
final class PipelineRun {
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
  private final TextStage text;
  private final List<Warning> warnings = new ArrayList<>();
  private @Nullable ModelIdentity vadModel;
  private @Nullable ModelIdentity asrModel;
  private @Nullable FilterIdentity filter;

  PipelineRun(
      Engines engines, SpeechRegionRules rules, RecordingParameters parameters, StageClock clock) {
    this.engines = engines;
    this.rules = rules.withThreshold(parameters.vadThreshold());
    this.parameters = parameters;
    this.clock = clock;
    text = new TextStage(engines.summaries(), parameters, clock);
  }

  PipelineResult process(Path recording, Path pcm)
      throws ProcessingException, TaskStoppedException, IOException {
    text.prepare();
    if (parameters.enableDiarization()) {
      clock.expect(Stage.DIARIZATION);
    }
    try {
      DecodedAudio audio = decode(recording, pcm);
      try (PcmFile samples = PcmFile.open(audio.pcm())) {
        SoundLevel level = audio.heard().level();
        SpeechRegions speech = detect(samples, level);
        Recognition recognition = recognize(samples, speech);
        List<SpeechRegion> regions = speech.list();
        // a raised floor of noise would count as part of the voice
        SampleSource asRecorded = samples.before(level.curve());
        @Nullable Diarized diarized = diarize(asRecorded, audio.levels(), regions);
        Transcript transcript =
            diarized == null
                ? recognition.transcript()
                : SpeakerAttribution.attribute(recognition.transcript(), diarized.turns());
        TextStage.Texts texts =
            text.run(transcript, diarized == null ? Map.of() : diarized.names());
        warnings.addAll(text.warnings());
        return new PipelineResult(
            source(audio),
            audio.decoderVersion(),
            regions,
            transcript,
            recognition.transcript(),
            texts.cleaned(),
            texts.summary(),
            recognition.removed(),
            vadModel,
            asrModel,
            diarized,
            filter,
            clock.timings(),
            warnings);
      }
    } finally {
      Files.deleteIfExists(pcm);
    }
  }

  private static SourceAudio source(DecodedAudio audio) {
    return new SourceAudio(
        audio.sha256(),
        audio.format(),
        audio.sampleRate(),
        audio.channels(),
        audio.samples(),
        audio.declaredSeconds(),
        audio.complete(),
        audio.heard());
  }

  private DecodedAudio decode(Path recording, Path pcm)
      throws ProcessingException, TaskStoppedException, IOException {
    // left by an earlier attempt that was cut short
    Files.deleteIfExists(pcm);
    DecodedAudio audio =
        clock.time(Stage.DECODE, context -> engines.decoder().decode(recording, pcm, context));
    if (audio.samples() == 0) {
      throw new ProcessingException(
          FailureCode.EMPTY_FILE,
          "Expected sound, found a file of format " + audio.format() + " without any samples",
          "Check that the recording plays on the device that made it");
    }
    warnings.addAll(audio.warnings());
    clock.audioLength(Duration.ofNanos(audio.samples() * 1_000_000_000L / Waveform.SAMPLE_RATE));
    return audio;
  }

  private SpeechRegions detect(SampleSource samples, SoundLevel level)
      throws ProcessingException, TaskStoppedException, IOException {
    if (!parameters.enableVad()) {
      clock.skip(Stage.VAD);
      return SpeechRegions.unsearched(samples);
    }
    try {
      return clock.time(
          Stage.VAD,
          context -> {
            VoiceActivityDetector detector = engines.detectors().choose();
            List<SpeechRegion> regions =
                new SpeechSearch(detector, rules, context).find(samples, level);
            vadModel = detector.model();
            SpeechlessRecording.explain(regions, level).ifPresent(warnings::add);
            return SpeechRegions.found(regions);
          });
    } catch (ProcessingException e) {
      if (e.code().scope() == FailureCode.Scope.INSTALLATION) {
        throw e;
      }
      String message =
          "Voice activity detection failed; the whole recording was recognised instead: ";
      warnings.add(
          new Warning(WarningCode.VAD_FAILED, Stage.VAD.label(), message + e.getMessage()));
      return SpeechRegions.unsearched(samples);
    }
  }

  private Recognition recognize(SampleSource samples, SpeechRegions regions)
      throws ProcessingException, TaskStoppedException, IOException {
    if (parameters.features().stream().noneMatch(MADE_OF_SPEECH::contains)) {
      clock.skip(Stage.ASR);
      return new Recognition(Transcript.of(List.of()), List.of());
    }
    return clock.time(
        Stage.ASR,
        context -> {
          RecognitionOptions options = recognitionOptions();
          ChosenRecognizer chosen =
              engines
                  .recognizers()
                  .choose(
                      parameters.asrBackend(), parameters.asrModel(), parameters.languagesToKnow());
          SpeechRecognizer recognizer = chosen.recognizer();
          Recognition recognition = recognizer.recognize(samples, regions, options, context);
          filter = engines.filter().identity().orElse(null);
          asrModel = recognizer.model();
          Recognition filtered = engines.filter().apply(recognition, options, samples);
          warnings.addAll(filtered.warnings());
          warnOfUnheardSpeech(regions, filtered.transcript());
          if (options.language() == null && chosen.languages().size() == 1) {
            warnOfAssumedLanguage(chosen, filtered.transcript());
          }
          return filtered;
        });
  }

  private void warnOfUnheardSpeech(SpeechRegions found, Transcript transcript) {
    List<SpeechRegion> regions = found.areFound() ? found.list() : List.of();
    List<SampleSpan> unheard = UnheardSpeech.in(regions, transcript.segments());
    double seconds = unheard.stream().mapToDouble(SampleSpan::seconds).sum();
    double speech = regions.stream().mapToDouble(region -> region.span().seconds()).sum();
    if (seconds > MOST_UNHEARD_SECONDS || seconds > MOST_UNHEARD_SHARE * speech) {
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

  /** Failing costs a warning, whatever the reason: the transcript is there. */
  private @Nullable Diarized diarize(
      SampleSource samples, ChannelLevels levels, List<SpeechRegion> regions)
      throws TaskStoppedException, IOException {
    if (!parameters.enableDiarization()) {
      return null;
    }
    SpeakerStage stage = new SpeakerStage(engines, parameters, clock, warnings);
    try {
      return stage.run(samples, levels, regions);
    } catch (ProcessingException e) {
      stage.warn(
          WarningCode.DIARIZATION_FAILED, "The speakers are not told apart: " + e.getMessage());
      return null;
    }
  }

  private RecognitionOptions recognitionOptions() {
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
}
