package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.progress.StageMonitor;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.result.Warning;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.vad.SpeechRegionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the stages of one recording in their order: decode, voice activity, speech recognition,
 * diarization, text. Keeps nothing between two runs; used by one thread at a time.
 */
public final class Pipeline {
  /** The file in the work folder that holds the decoded samples while the stages run. */
  static final String PCM_NAME = "audio.pcm";

  private final Engines engines;
  private final SpeechRegionRules rules;
  private final Ticker ticker;

  /**
   * A pipeline over the given engines.
   *
   * @param rules the rules for cutting speech; their threshold gives way to that of the recording
   */
  public Pipeline(Engines engines, SpeechRegionRules rules, Ticker ticker) {
    this.engines = requireNonNull(engines, "engines is null");
    this.rules = requireNonNull(rules, "rules is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /**
   * Processes {@code recording}. The decoded samples lie in {@code workFolder} meanwhile, and are
   * gone when this returns or throws. Silence is success with an empty transcript.
   *
   * @throws ProcessingException if a stage fails that the result cannot do without
   * @throws TaskStoppedException if the monitor asks to stop
   */
  public PipelineResult run(
      Path recording, Path workFolder, RecordingParameters parameters, StageMonitor monitor)
      throws ProcessingException, TaskStoppedException, IOException {
    StageClock clock = new StageClock(monitor, ticker);
    return new PipelineRun(engines, rules, parameters, clock)
        .process(recording, workFolder.resolve(PCM_NAME));
  }

  /**
   * Checks that there is a template of that id, which a recording names although it may not need
   * it.
   *
   * @throws ProcessingException {@code INVALID_PARAMETERS} if there is none
   */
  public void requireTemplate(String id) throws ProcessingException, IOException {
    engines.summaries().require(id);
  }

  /**
   * Returns whether a file is a text by its name, which {@link #read} takes in place of a
   * recording.
   */
  public static boolean isText(Path file) {
    return WrittenText.isNamedSo(file);
  }

  /**
   * Makes the texts for readers of a transcript that somebody has already.
   *
   * @throws ProcessingException if the file cannot be read as text
   * @throws TaskStoppedException if the monitor asks to stop
   */
  public PipelineResult read(Path file, RecordingParameters parameters, StageMonitor monitor)
      throws ProcessingException, TaskStoppedException, IOException {
    StageClock clock = new StageClock(monitor, ticker);
    TextStage text = new TextStage(engines.summaries(), parameters, clock);
    text.prepare();
    WrittenText written = WrittenText.read(file, parameters);
    TextStage.Texts texts = text.run(written.transcript(), written.names());
    return new PipelineResult(
        written.source(),
        "none",
        List.of(),
        written.transcript(),
        written.transcript(),
        texts.cleaned(),
        texts.summary(),
        List.of(),
        null,
        null,
        written.speakers(),
        null,
        clock.timings(),
        text.warnings());
  }

  /**
   * Finds out again who speaks, without recognising again.
   *
   * @throws ProcessingException if the recording cannot be decoded or the stage fails
   * @throws TaskStoppedException if the monitor asks to stop
   */
  public Repeated speakersAgain(
      Path recording, Path workFolder, Transcribed before, StageMonitor monitor)
      throws ProcessingException, TaskStoppedException, IOException {
    StageClock clock = new StageClock(monitor, ticker);
    Path pcm = workFolder.resolve(PCM_NAME);
    TextStage text = new TextStage(engines.summaries(), before.parameters(), clock);
    text.prepare();
    clock.expect(Stage.DIARIZATION);
    try {
      DecodedAudio audio =
          clock.time(
              Stage.DECODE,
              context ->
                  engines
                      .decoder()
                      .decode(recording, pcm, SoundSelection.of(before.parameters()), context));
      List<Warning> warnings = new ArrayList<>();
      try (DecodedSounds sounds = DecodedSounds.open(audio)) {
        Diarized diarized =
            new SpeakerStage(engines, before.parameters(), clock, warnings)
                .run(sounds.asRecorded(), before.regions());
        Transcript transcript = SeparateTranscripts.attribute(before.transcript(), diarized);
        TextStage.Texts texts = text.run(transcript, diarized.names());
        warnings.addAll(text.warnings());
        return new Repeated(
            diarized, transcript, texts.cleaned(), texts.summary(), clock.timings(), warnings);
      }
    } finally {
      Files.deleteIfExists(pcm);
    }
  }

  /**
   * Makes the texts for readers again.
   *
   * @param before with its speakers, if they are known
   * @throws TaskStoppedException if the monitor asks to stop
   */
  public Repeated textAgain(Transcribed before, StageMonitor monitor)
      throws ProcessingException, TaskStoppedException, IOException {
    StageClock clock = new StageClock(monitor, ticker);
    TextStage text = new TextStage(engines.summaries(), before.parameters(), clock);
    text.prepare();
    TextStage.Texts texts = text.run(before.transcript(), before.names());
    return new Repeated(
        null,
        before.transcript(),
        texts.cleaned(),
        texts.summary(),
        clock.timings(),
        text.warnings());
  }
}
