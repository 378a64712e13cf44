package io.maie.edge.http;

import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.request.Parameters;
import io.maie.edge.schema.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form of OpenAI's transcription call (API reference, "Create transcription"), and what of it
 * concerns the answer. Keys of our own parameters are taken as well; what only tunes OpenAI's own
 * models is accepted and has no effect.
 */
final class OpenAiForm implements Upload.Form {
  /** Names of OpenAI's models begin so; here they mean the model that is in use. */
  private static final List<String> OPENAI_MODELS = List.of("whisper-1", "gpt-4o");

  private static final String SPEAKER_MODEL = "diarize";
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "temperature",
          "chunking_strategy",
          "include",
          "include[]",
          "known_speaker_names[]",
          "known_speaker_references[]");
  private static final String WITH_SPEAKERS = "diarized_json";
  private static final Choice FORMATS =
      new Choice(
          "response_format", Set.of("json", "text", "srt", "verbose_json", "vtt", WITH_SPEAKERS));
  private static final Choice GRANULARITIES =
      new Choice("timestamp_granularities[]", Set.of("word", "segment"));

  private final List<ListedModel> models;
  private final boolean translates;
  private String format = "json";
  private boolean streams;
  private Set<String> granularities = Set.of("segment");

  /**
   * A form that has not been read.
   *
   * @param translates whether the call asks for English text, whatever was spoken
   */
  OpenAiForm(Catalogue catalogue, boolean translates) throws IOException {
    this.models = catalogue.models().stream().filter(ListedModel::isRecognizer).toList();
    this.translates = translates;
  }

  /** The wanted {@code response_format}. */
  String format() {
    return format;
  }

  /** Returns whether the answer tells who said what. */
  boolean namesSpeakers() {
    return format.equals(WITH_SPEAKERS);
  }

  /** Returns whether the text is wanted while it is recognised. */
  boolean streams() {
    return streams;
  }

  /** Returns whether {@code word} or {@code segment} is wanted with times. */
  boolean wants(String granularity) {
    return granularities.contains(granularity);
  }

  boolean translates() {
    return translates;
  }

  @Override
  public Map<String, @Nullable Object> read(Map<String, List<String>> fields)
      throws ProblemException {
    Map<String, List<String>> own = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> field : fields.entrySet()) {
      String last = field.getValue().get(field.getValue().size() - 1).strip();
      switch (field.getKey()) {
        case "model" -> readModel(last, own);
        case "prompt" -> own.put("initial_prompt", List.of(last));
        case "response_format" -> format = FORMATS.read(last);
        case "stream" -> streams = last.equalsIgnoreCase("true");
        case "timestamp_granularities", "timestamp_granularities[]" ->
            granularities = granularities(field.getValue());
        default -> readOther(field, own);
      }
    }
    if (translates) {
      own.put("translate", List.of("true"));
      own.putIfAbsent("asr_model", List.of(translator()));
    }
    if (namesSpeakers()) {
      own.put("enable_diarization", List.of("true"));
    }
    own.putIfAbsent("features", List.of("raw_transcript"));
    return FormParameters.read(own);
  }

  private static void readOther(
      Map.Entry<String, List<String>> field, Map<String, List<String>> own)
      throws ProblemException {
    String key = field.getKey();
    if (Parameters.all().containsKey(key) || key.equals(FormParameters.WHOLE)) {
      own.put(key, field.getValue());
    } else if (!WITHOUT_EFFECT.contains(key)) {
      throw problem(key, "unknown parameter");
    }
  }

  private void readModel(String name, Map<String, List<String>> own) throws ProblemException {
    boolean isOpenAis = name.isEmpty() || OPENAI_MODELS.stream().anyMatch(name::startsWith);
    ListedModel installed =
        models.stream().filter(model -> model.name().equals(name)).findFirst().orElse(null);
    if (installed != null) {
      refuseIfItCannotTranslate(installed);
      own.put("asr_model", List.of(name));
    } else if (name.endsWith(SPEAKER_MODEL) && isOpenAis) {
      own.put("enable_diarization", List.of("true"));
    } else if (!isOpenAis) {
      String known = models.stream().map(ListedModel::name).collect(Collectors.joining(", "));
      throw ProblemException.of(
              404,
              "model_not_found",
              "The model '" + name + "' is not installed",
              "Installed are: " + known + "; whisper-1 means the one in use.")
          .withField("model");
    }
  }

  private void refuseIfItCannotTranslate(ListedModel model) throws ProblemException {
    if (translates && !model.translates()) {
      throw cannotTranslate("the model '" + model.name() + "' cannot translate");
    }
  }

  /** The model in use if it translates, else another one. */
  private String translator() throws ProblemException {
    Stream<ListedModel> inUse = models.stream().filter(model -> model.inUse());
    return Stream.concat(inUse, models.stream())
        .filter(ListedModel::translates)
        .map(ListedModel::name)
        .findFirst()
        .orElseThrow(() -> cannotTranslate("no installed model can translate"));
  }

  private static Set<String> granularities(List<String> sent) throws ProblemException {
    List<String> wanted = new ArrayList<>();
    for (String granularity : sent) {
      wanted.add(GRANULARITIES.read(granularity.strip()));
    }
    return Set.copyOf(wanted);
  }

  /** A field that holds one of some words. */
  private record Choice(String field, Set<String> known) {

    String read(String sent) throws ProblemException {
      if (!known.contains(sent)) {
        throw problem(
            field,
            "expected one of " + known.stream().sorted().toList() + ", found '" + sent + "'");
      }
      return sent;
    }
  }

  private static ProblemException problem(String field, String sentence) {
    return ProblemException.ofFields(400, List.of(new Problem("form", field, sentence)));
  }

  private static ProblemException cannotTranslate(String sentence) {
    return ProblemException.ofFields(422, List.of(new Problem("form", "model", sentence)));
  }
}
