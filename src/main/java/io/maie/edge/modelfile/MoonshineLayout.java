package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Moonshine model as Hugging Face's exporter lays it out. Published descriptions contradict the
 * graphs in sizes, so that only ids of tokens are taken from them. The encoder of 32-bit floats is
 * preferred: published encoders of 8 bits lose too much. The language is the end of the folder's
 * name, such as {@code -ja} or {@code -ja-ONNX}; English if it has none.
 *
 * <p>The settings are those of a manifest's section {@code moonshine}.
 */
final class MoonshineLayout implements ModelLayout {
  private static final String FAMILY = "moonshine";
  private static final String STREAMING = "moonshine_streaming";
  private static final String CONFIG = "config.json";
  private static final String FEATURES = "preprocessor_config.json";
  private static final String VOCABULARY = "tokenizer.json";
  private static final Pattern LANGUAGE =
      Pattern.compile("(?i).*-(ar|en|es|ja|ko|uk|vi|zh)(-onnx)?");
  private static final String ENGLISH = "en";
  private static final String COMMUNITY = "Moonshine-AI-Community";

  private final GraphPreference preference;

  /**
   * The layout.
   *
   * @param preference the choice among several graphs
   */
  MoonshineLayout(GraphPreference preference) {
    this.preference = preference;
  }

  /** Returns whether the description in {@code folder} is one of Moonshine's. */
  static boolean describes(Path folder) throws ProcessingException, IOException {
    return JsonFile.readIfThere(folder.resolve(CONFIG))
        .filter(config -> config.path("model_type").asText().equals(FAMILY))
        .isPresent();
  }

  /**
   * The files to fetch, the descriptions first.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  static List<String> parts(FileListing files, GraphPreference preference)
      throws ProcessingException {
    List<String> parts = new ArrayList<>(List.of(CONFIG));
    if (files.has(FEATURES)) {
      parts.add(FEATURES);
    }
    parts.add(VOCABULARY);
    parts.addAll(
        EncoderDecoderGraphs.among(files, preference).withEncoderOfFloats(files.names()).files());
    return List.copyOf(parts);
  }

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.ASR);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Optional<ObjectNode> config = JsonFile.readIfThere(folder.resolve(CONFIG));
    String type = config.map(object -> object.path("model_type").asText()).orElse("");
    if (type.equals(STREAMING)) {
      throw wrong("a Moonshine model that hears whole windows, found one for streaming", folder);
    }
    if (config.isEmpty() || !type.equals(FAMILY)) {
      return Optional.empty();
    }
    requireRawSamples(folder);
    Set<String> names = expected.names();
    if (!names.contains(VOCABULARY)) {
      throw wrong("'%s', found none".formatted(VOCABULARY), folder);
    }
    EncoderDecoderGraphs graphs =
        EncoderDecoderGraphs.among(
                new FileListing(names, "the Moonshine folder '" + folder + "'"), preference)
            .withEncoderOfFloats(names);
    List<String> parts = new ArrayList<>(List.of(CONFIG, VOCABULARY));
    parts.addAll(graphs.files());
    return Optional.of(
        new ModelFolder(
            folder, manifest(folder, expected, config.get(), graphs, expected.describe(parts))));
  }

  private Manifest manifest(
      Path folder,
      ExpectedFiles expected,
      ObjectNode config,
      EncoderDecoderGraphs graphs,
      SortedMap<String, ListedFile> files) {
    String name = String.valueOf(folder.getFileName());
    Matcher matcher = LANGUAGE.matcher(name);
    String language = matcher.matches() ? matcher.group(1).toLowerCase(Locale.ROOT) : ENGLISH;
    return new Manifest(
        config.path("_name_or_path").asText(name),
        graphs.precision().label(),
        ModelTask.ASR,
        FAMILY,
        List.of(language),
        false,
        license(expected, language),
        "%s and %s: encoders of 32-bit floats hear best; %s"
            .formatted(graphs.encoder(), graphs.decoder(), preference.reason()),
        Waveform.SAMPLE_RATE,
        files,
        ManifestSection.whole(settings(config, graphs), folder.toString()));
  }

  /** The publisher's licence for all languages but English, unless somebody says another. */
  private static String license(ExpectedFiles expected, String language) {
    return expected.license().isEmpty() && !language.equals(ENGLISH)
        ? COMMUNITY
        : expected.license();
  }

  private static ObjectNode settings(ObjectNode config, EncoderDecoderGraphs graphs) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    graphs.describe(object);
    object.put("vocabulary", VOCABULARY);
    put(object, "start_token", config.path("decoder_start_token_id"));
    put(object, "end_token", config.path("eos_token_id"));
    return object;
  }

  private static void put(ObjectNode object, String key, JsonNode id) {
    if (id.isInt()) {
      object.set(key, id);
    }
  }

  private static void requireRawSamples(Path folder) throws ProcessingException, IOException {
    Optional<ObjectNode> features = JsonFile.readIfThere(folder.resolve(FEATURES));
    if (features.isPresent() && features.get().path("do_normalize").asBoolean()) {
      throw wrong("a model that hears samples as they are, found do_normalize", folder);
    }
  }

  private static ProcessingException wrong(String expected, Path folder) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s: '%s'".formatted(expected, folder),
        "Use a model that is published for onnx-community's Moonshine, tiny or base");
  }
}
