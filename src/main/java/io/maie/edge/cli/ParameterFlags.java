package io.maie.edge.cli;

import io.maie.edge.request.ParameterLayer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The parameters of a recording as options of {@code process}. */
final class ParameterFlags {
  private static final Map<String, String> NAMES =
      Map.of("enable_diarization", "--diarize", "enable_vad", "--no-vad");

  @Option(
      names = "--asr-backend",
      paramLabel = "NAME",
      description = "auto, ctc, whisper, moonshine, transducer, chunkformer.")
  private @Nullable String asrBackend;

  @Option(names = "--asr-model", paramLabel = "NAME", description = "A folder under models/.")
  private @Nullable String asrModel;

  @Option(names = "--language", paramLabel = "CODE", description = "auto, en, de, ...")
  private @Nullable String language;

  @Option(
      names = "--languages",
      split = ",",
      paramLabel = "CODE",
      description = "Languages among which to detect the spoken one: en,vi.")
  private @Nullable List<String> languages;

  @Option(
      names = "--channels",
      paramLabel = "CHOICE",
      description = "auto, mix, left, right, each, or the number of a channel.")
  private @Nullable String channels;

  @Option(
      names = "--tracks",
      paramLabel = "CHOICE",
      description = "auto, all, the number of an audio track, or a language.")
  private @Nullable String tracks;

  @Option(names = "--translate", description = "Into English, if the model can.")
  private boolean translate;

  @Option(
      names = "--vocabulary",
      paramLabel = "WORD",
      description = "A word that is likely to occur; may be repeated.")
  private @Nullable List<String> vocabulary;

  @Option(
      names = "--initial-prompt",
      paramLabel = "TEXT",
      description = "Text that precedes the recording, to set names and style.")
  private @Nullable String initialPrompt;

  @Option(
      names = {"--diarize", "--diarization"},
      description = "Find out who spoke when, and print a dialogue.")
  private boolean diarization;

  @Option(
      names = "--speaker-source",
      paramLabel = "SOURCE",
      description = "auto, channels, acoustic: how to tell speakers apart.")
  private @Nullable String speakerSource;

  @Option(names = "--subtitle-speakers", description = "Write the speakers into .srt.")
  private boolean subtitleSpeakers;

  @Option(
      names = "--no-vad",
      description = "Recognise everything, not only stretches that sound like speech.")
  private boolean noVad;

  @Option(
      names = "--vad-threshold",
      paramLabel = "0..1",
      description = "Higher = less sound counts as speech.")
  private @Nullable Double vadThreshold;

  @Option(
      names = "--metadata",
      paramLabel = "KEY=VALUE",
      description = "Returned untouched in the result; may be repeated.")
  private @Nullable Map<String, String> metadata;

  @Mixin private ResultFlags result = new ResultFlags();

  /**
   * The typed parameters as a layer.
   *
   * @throws CommandException naming every value that is wrong
   */
  ParameterLayer layer() throws CommandException {
    return result
        .typed("process", NAMES)
        .with("asr_backend", asrBackend)
        .with("asr_model", asrModel)
        .with("language", language)
        .with("languages", languages)
        .with("channels", channels)
        .with("tracks", tracks)
        .with("translate", translate ? true : null)
        .with("vocabulary", vocabulary)
        .with("initial_prompt", initialPrompt)
        .with("enable_diarization", diarization ? true : null)
        .with("speaker_source", speakerSource)
        .with("subtitle_speakers", subtitleSpeakers ? true : null)
        .with("enable_vad", noVad ? false : null)
        .with("vad_threshold", vadThreshold)
        .with("metadata", metadata)
        .checked();
  }
}
