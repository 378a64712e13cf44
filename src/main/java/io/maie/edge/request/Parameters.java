package io.maie.edge.request;

import static io.maie.edge.schema.Types.anyOf;
import static io.maie.edge.schema.Types.decimal;
import static io.maie.edge.schema.Types.flag;
import static io.maie.edge.schema.Types.integer;
import static io.maie.edge.schema.Types.list;
import static io.maie.edge.schema.Types.name;
import static io.maie.edge.schema.Types.oneOf;
import static io.maie.edge.schema.Types.orNull;
import static io.maie.edge.schema.Types.someOf;
import static io.maie.edge.schema.Types.text;

import io.maie.edge.schema.Key;
import io.maie.edge.schema.Key.Sensitivity;
import io.maie.edge.schema.ValueType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that a sidecar, a folder profile and the section {@code defaults} of the settings
 * know, in the order in which documents list them. Each is declared here and nowhere else.
 */
public final class Parameters {
  private static final Map<String, Parameter<?>> ALL = new LinkedHashMap<>();

  public static final Parameter<Set<Feature>> FEATURES =
      parameter(
          "features",
          someOf(Feature.class),
          RecordingParameters::features,
          "Content of the result: raw_transcript, clean_transcript, summary, enhancement_metrics.");
  public static final Parameter<Optional<String>> TEMPLATE_ID =
      optionalParameter(
          "template_id",
          name(),
          RecordingParameters::templateId,
          "The summary template; required with the feature summary.");
  public static final Parameter<AsrBackend> ASR_BACKEND =
      parameter(
          "asr_backend",
          oneOf(AsrBackend.class),
          RecordingParameters::asrBackend,
          "The family of speech models: auto, ctc, whisper, moonshine, transducer, chunkformer.");
  public static final Parameter<Optional<String>> ASR_MODEL =
      optionalParameter(
          "asr_model",
          name(),
          RecordingParameters::asrModel,
          "The speech model, a folder under models/.");
  public static final Parameter<String> LANGUAGE =
      parameter(
          "language",
          ParameterTypes.language(),
          RecordingParameters::language,
          "The spoken language as a code of two or three letters, zh-Hans, zh-Hant, or auto.");
  public static final Parameter<List<String>> LANGUAGES =
      parameter(
          "languages",
          ParameterTypes.languages(),
          RecordingParameters::languages,
          "The languages that may be spoken, for language auto; [] = any that the model knows.");
  public static final Parameter<ChannelChoice> CHANNELS =
      parameter(
          "channels",
          ParameterTypes.channels(),
          RecordingParameters::channels,
          "The channels to hear: auto (apart where they carry different people who talk at the same"
              + " time, else mixed), mix, left, right, the number of one, or each (all apart).");
  public static final Parameter<TrackChoice> TRACKS =
      parameter(
          "tracks",
          ParameterTypes.tracks(),
          RecordingParameters::tracks,
          "The audio tracks to hear: auto (all but translations of the preferred one), all, the"
              + " number of one, or a language.");
  public static final Parameter<Boolean> TRANSLATE =
      parameter(
          "translate",
          flag(),
          RecordingParameters::translate,
          "Translate into English instead of transcribing.");
  public static final Parameter<Optional<String>> INITIAL_PROMPT =
      optionalParameter(
          "initial_prompt",
          text(2_000),
          RecordingParameters::initialPrompt,
          "Text that precedes the recording, to set names and style.");
  public static final Parameter<List<String>> VOCABULARY =
      parameter(
          "vocabulary",
          list("list of texts", text(100), 1_000),
          RecordingParameters::vocabulary,
          "Words to prefer.");
  public static final Parameter<Boolean> ENABLE_VAD =
      parameter(
          "enable_vad",
          flag(),
          RecordingParameters::enableVad,
          "Find speech first and recognise only that.");
  public static final Parameter<Double> VAD_THRESHOLD =
      parameter(
          "vad_threshold",
          decimal(0, 1),
          RecordingParameters::vadThreshold,
          "Probability from which sound counts as speech, 0 to 1.");
  public static final Parameter<Boolean> ENABLE_DIARIZATION =
      parameter(
          "enable_diarization",
          flag(),
          RecordingParameters::enableDiarization,
          "Find out who spoke when.");
  public static final Parameter<Optional<Integer>> NUM_SPEAKERS =
      optionalParameter(
          "num_speakers",
          integer(1, 64),
          RecordingParameters::numSpeakers,
          "The exact number of speakers, if known.");
  public static final Parameter<Optional<Integer>> MIN_SPEAKERS =
      optionalParameter(
          "min_speakers",
          integer(1, 64),
          RecordingParameters::minSpeakers,
          "At least this many speakers.");
  public static final Parameter<Optional<Integer>> MAX_SPEAKERS =
      optionalParameter(
          "max_speakers",
          integer(1, 64),
          RecordingParameters::maxSpeakers,
          "At most this many speakers.");
  public static final Parameter<SpeakerSource> SPEAKER_SOURCE =
      parameter(
          "speaker_source",
          oneOf(SpeakerSource.class),
          RecordingParameters::speakerSource,
          "The way to tell speakers apart: channels, acoustic (their voices), or auto, which takes"
              + " the channels if they carry different people.");
  public static final Parameter<Map<String, String>> SPEAKER_NAMES =
      parameter(
          "speaker_names",
          ObjectTypes.speakerNames(),
          RecordingParameters::speakerNames,
          "Names of speakers by the ids of an earlier result, such as {S1: Anna}.");
  public static final Parameter<Set<Cleaning>> CLEANING =
      parameter(
          "cleaning",
          anyOf(Cleaning.class),
          RecordingParameters::cleaning,
          "Further changes of a clean transcript: fillers left out, numbers in digits, spoken"
              + " commands carried out; an empty list asks for none.");
  public static final Parameter<Boolean> SUBTITLE_SPEAKERS =
      parameter(
          "subtitle_speakers",
          flag(),
          RecordingParameters::subtitleSpeakers,
          "Name each new speaker in .srt; .vtt always does.");
  public static final Parameter<Set<OutputFormat>> OUTPUT_FORMATS =
      parameter(
          "output_formats",
          someOf(OutputFormat.class),
          RecordingParameters::outputFormats,
          "The files to publish: json, txt, srt, vtt, rttm, md, html; json is always among them.");
  public static final Parameter<Boolean> ALLOW_DUPLICATE =
      parameter(
          "allow_duplicate",
          flag(),
          RecordingParameters::allowDuplicate,
          "Process the recording even if an earlier result of the same content can answer it.");
  public static final Parameter<Integer> PRIORITY =
      parameter(
          "priority",
          integer(-1_000, 1_000),
          RecordingParameters::priority,
          "Higher goes first, -1000 to 1000.");
  public static final Parameter<Map<String, Object>> METADATA =
      parameter(
          "metadata",
          ObjectTypes.object(8, 1_000),
          RecordingParameters::metadata,
          "Any JSON object; returned untouched in the result.");

  private Parameters() {}

  /** All of them by their keys, in documented order. */
  public static Map<String, Parameter<?>> all() {
    return Collections.unmodifiableMap(ALL);
  }

  private static <T> Parameter<T> parameter(
      String name, ValueType<T> type, Function<RecordingParameters, T> value, String description) {
    T defaultValue = value.apply(RecordingParameters.DEFAULTS);
    Key<T> key = new Key<>(name, type, defaultValue, description, Sensitivity.OPEN);
    Parameter<T> parameter = new Parameter<>(key, value);
    ALL.put(name, parameter);
    return parameter;
  }

  /** A parameter that need not have a value; null takes back what a weaker layer says. */
  private static <T> Parameter<Optional<T>> optionalParameter(
      String name,
      ValueType<T> type,
      Function<RecordingParameters, @Nullable T> value,
      String description) {
    return parameter(
        name,
        orNull(type),
        parameters -> Optional.ofNullable(value.apply(parameters)),
        description);
  }
}
