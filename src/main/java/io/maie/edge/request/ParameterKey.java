package io.maie.edge.request;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys that a sidecar, a folder profile and the section {@code defaults} of the settings know,
 * in the order in which documents list them. Each is declared here and nowhere else.
 */
public enum ParameterKey {
  FEATURES(
      "Content of the result: raw_transcript, clean_transcript, summary, enhancement_metrics.",
      ParameterChecks.someOf(Feature.class, Feature::label)),
  TEMPLATE_ID(
      "The summary template; required with the feature summary.",
      ParameterChecks.optional(ParameterChecks::name)),
  ASR_BACKEND(
      "The family of speech models: auto, ctc, whisper, moonshine, transducer, chunkformer.",
      ParameterChecks.oneOf(AsrBackend.class, AsrBackend::label)),
  ASR_MODEL(
      "The speech model, a folder under models/.", ParameterChecks.optional(ParameterChecks::name)),
  LANGUAGE(
      "The spoken language as a code of two or three letters, zh-Hans, zh-Hant, or auto.",
      ParameterChecks::language),
  LANGUAGES(
      "The languages that may be spoken, for language auto; [] = any that the model knows.",
      ParameterChecks::languages),
  CHANNELS(
      "The channels to hear: auto (apart where they carry different people who talk at the same"
          + " time, else mixed), mix, left, right, the number of one, or each (all apart).",
      ParameterChecks::channels),
  TRACKS(
      "The audio tracks to hear: auto (all but translations of the preferred one), all, the number"
          + " of one, or a language.",
      ParameterChecks::tracks),
  TRANSLATE("Translate into English instead of transcribing.", ParameterChecks::flag),
  INITIAL_PROMPT(
      "Text that precedes the recording, to set names and style.",
      ParameterChecks.optional(ParameterChecks.text(2_000))),
  VOCABULARY("Words to prefer.", ParameterChecks.texts(1_000, 100)),
  ENABLE_VAD("Find speech first and recognise only that.", ParameterChecks::flag),
  VAD_THRESHOLD("Probability from which sound counts as speech, 0 to 1.", ParameterChecks::ratio),
  ENABLE_DIARIZATION("Find out who spoke when.", ParameterChecks::flag),
  NUM_SPEAKERS(
      "The exact number of speakers, if known.",
      ParameterChecks.optional(ParameterChecks.integer(1, ParameterKey.MAX_SPEAKER_COUNT))),
  MIN_SPEAKERS(
      "At least this many speakers.",
      ParameterChecks.optional(ParameterChecks.integer(1, ParameterKey.MAX_SPEAKER_COUNT))),
  MAX_SPEAKERS(
      "At most this many speakers.",
      ParameterChecks.optional(ParameterChecks.integer(1, ParameterKey.MAX_SPEAKER_COUNT))),
  SPEAKER_SOURCE(
      "The way to tell speakers apart: channels, acoustic (their voices), or auto, which takes the"
          + " channels if they carry different people.",
      ParameterChecks.oneOf(SpeakerSource.class, SpeakerSource::label)),
  SPEAKER_NAMES(
      "Names of speakers by the ids of an earlier result, such as {S1: Anna}.",
      ParameterChecks::speakerNames),
  CLEANING(
      "Further changes of a clean transcript: fillers left out, numbers in digits, spoken commands"
          + " carried out; an empty list asks for none.",
      ParameterChecks.anyOf(Cleaning.class, Cleaning::label)),
  SUBTITLE_SPEAKERS("Name each new speaker in .srt; .vtt always does.", ParameterChecks::flag),
  OUTPUT_FORMATS(
      "The files to publish: json, txt, srt, vtt, rttm, md, html; json is always among them.",
      ParameterChecks.someOf(OutputFormat.class, OutputFormat::label)),
  ALLOW_DUPLICATE(
      "Process the recording even if an earlier result of the same content can answer it.",
      ParameterChecks::flag),
  PRIORITY("Higher goes first, -1000 to 1000.", ParameterChecks.integer(-1_000, 1_000)),
  METADATA("Any JSON object; returned untouched in the result.", ParameterChecks.object(8, 1_000));

  private static final int MAX_SPEAKER_COUNT = 64;

  private static final List<String> LABELS =
      Arrays.stream(values()).map(ParameterKey::label).toList();

  private final String description;

  /** Pure functions all, though their type cannot say so. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final ParameterCheck check;

  ParameterKey(String description, ParameterCheck check) {
    this.description = description;
    this.check = check;
  }

  /** The key with this label. */
  static Optional<ParameterKey> of(String label) {
    return Arrays.stream(values()).filter(key -> key.label().equals(label)).findFirst();
  }

  /** All keys as they are written. */
  public static List<String> labels() {
    return LABELS;
  }

  /** The key as it is written. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** One sentence for the documentation. */
  public String description() {
    return description;
  }

  ParameterCheck check() {
    return check;
  }
}
