package io.maie.edge.pipeline;

import io.maie.edge.asr.Recognition;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.Waveform;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.SourceAudio;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.vad.SpeechRegionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of one recording through the stages; used once. */
final class PipelineRun {
  private final Engines engines;
  private final RecordingParameters parameters;
  private final StageClock clock;
  private final SpeechRecognition speech;
  private final TextStage text;
  private final List<Warning> warnings = new ArrayList<>();

  PipelineRun(
      Engines engines, SpeechRegionRules rules, RecordingParameters parameters, StageClock clock) {
    this.engines = engines;
    this.parameters = parameters;
    this.clock = clock;
    speech = new SpeechRecognition(engines, rules, parameters, clock);
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
      try (DecodedSounds sounds = DecodedSounds.open(audio)) {
        SoundLevel level = audio.heard().level();
        SpeechRecognition.Recognized recognized = speech.run(sounds.toRecognize(), level);
        warnings.addAll(speech.warnings());
        Recognition recognition = recognized.recognition();
        @Nullable Diarized diarized = diarize(sounds, recognized.regions());
        Transcript transcript =
            diarized == null
                ? recognition.transcript()
                : SeparateTranscripts.attribute(recognition.transcript(), diarized);
        TextStage.Texts texts =
            text.run(transcript, diarized == null ? Map.of() : diarized.names());
        warnings.addAll(text.warnings());
        return new PipelineResult(
            source(audio),
            audio.decoderVersion(),
            recognized.regions(),
            transcript,
            recognition.transcript(),
            texts.cleaned(),
            texts.summary(),
            recognition.removed(),
            speech.vadModel(),
            speech.asrModel(),
            diarized,
            speech.filter(),
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
        clock.time(
            Stage.DECODE,
            context ->
                engines.decoder().decode(recording, pcm, SoundSelection.of(parameters), context));
    if (audio.samples() == 0) {
      throw new ProcessingException(
          FailureCode.EMPTY_FILE,
          "Expected sound, found a file of format " + audio.format() + " without any samples",
          "Check that the recording plays on the device that made it");
    }
    warnings.addAll(audio.warnings());
    long samples = audio.samples() * Math.max(1, audio.separatePcms().size());
    clock.audioLength(Duration.ofNanos(samples * 1_000_000_000L / Waveform.SAMPLE_RATE));
    return audio;
  }

  /** Failing costs a warning, whatever the reason: the transcript is there. */
  private @Nullable Diarized diarize(DecodedSounds sounds, List<SpeechRegion> regions)
      throws TaskStoppedException, IOException {
    if (!parameters.enableDiarization()) {
      return null;
    }
    SpeakerStage stage = new SpeakerStage(engines, parameters, clock, warnings);
    try {
      return stage.run(sounds.asRecorded(), regions);
    } catch (ProcessingException e) {
      stage.warn(
          WarningCode.DIARIZATION_FAILED, "The speakers were not told apart: " + e.getMessage());
      return null;
    }
  }
}
