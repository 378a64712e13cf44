package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/**
 * A language model that writes text, as Hugging Face's exporter lays it out: descriptions,
 * tokenizer and chat template, and a graph in several precisions in the folder {@code onnx}.
 *
 * <p>The settings hold {@code graph} and {@code compute_type}.
 */
final class LanguageModelLayout implements ModelLayout {
  private static final String FAMILY = "decoder";
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String TOKENIZER_SETTINGS = "tokenizer_config.json";
  private static final List<String> OPTIONAL =
      List.of(
          "generation_config.json",
          TOKENIZER_SETTINGS,
          "chat_template.jinja",
          "chat_template.json");

  private final GraphPreference preference;

  /**
   * The layout.
   *
   * @param preference the choice among several graphs
   */
  LanguageModelLayout(GraphPreference preference) {
    this.preference = preference;
  }

  /**
   * The files to fetch, the descriptions first; empty if they are of another kind of model.
   *
   * @param names of all files there are, with slashes
   */
  static Optional<List<String>> files(Set<String> names, GraphPreference preference) {
    boolean isOne =
        names.contains(CONFIG)
            && names.contains(TOKENIZER)
            && names.contains(TOKENIZER_SETTINGS)
            && names.stream().noneMatch(name -> name.contains("encoder_model"));
    return isOne
        ? DecoderGraphFile.among(names, preference).map(graph -> parts(names, graph))
        : Optional.empty();
  }

  private static List<String> parts(Set<String> names, DecoderGraphFile graph) {
    List<String> parts = new ArrayList<>(List.of(CONFIG, TOKENIZER));
    OPTIONAL.stream().filter(names::contains).forEach(parts::add);
    parts.addAll(graph.files());
    return parts;
  }

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.TEXT);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Optional<ObjectNode> config = JsonFile.readIfThere(folder.resolve(CONFIG));
    if (config.filter(LanguageModelLayout::writesText).isEmpty()) {
      return Optional.empty();
    }
    Set<String> names = expected.names();
    if (!names.contains(TOKENIZER)) {
      throw missing("'" + TOKENIZER + "'", folder);
    }
    requireTemplate(folder, names);
    Optional<DecoderGraphFile> graph = DecoderGraphFile.among(names, preference);
    if (graph.isEmpty()) {
      throw missing("'onnx/model.onnx', or one with a suffix such as '_q4',", folder);
    }
    SortedMap<String, ListedFile> files = expected.describe(parts(names, graph.get()));
    return Optional.of(
        new ModelFolder(folder, manifest(folder, expected, config.get(), graph.get(), files)));
  }

  private static void requireTemplate(Path folder, Set<String> names)
      throws ProcessingException, IOException {
    boolean isInSettings =
        JsonFile.readIfThere(folder.resolve(TOKENIZER_SETTINGS))
            .filter(settings -> settings.has("chat_template"))
            .isPresent();
    if (!isInSettings
        && !names.contains("chat_template.jinja")
        && !names.contains("chat_template.json")) {
      throw missing("a chat template, which models for conversations have,", folder);
    }
  }

  private Manifest manifest(
      Path folder,
      ExpectedFiles expected,
      ObjectNode config,
      DecoderGraphFile graph,
      SortedMap<String, ListedFile> files)
      throws IOException {
    String name = config.path("_name_or_path").asText(String.valueOf(folder.getFileName()));
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("graph", graph.path()).put("compute_type", graph.precision().label());
    return new Manifest(
        name,
        graph.precision().label(),
        ModelTask.TEXT,
        FAMILY,
        List.of(),
        false,
        license(folder, expected, config),
        graph.path() + ": " + graph.reason(preference),
        0,
        files,
        ManifestSection.whole(settings, folder.toString()));
  }

  /** The licence that is declared; else, of two makers with terms of their own, theirs. */
  private static String license(Path folder, ExpectedFiles expected, ObjectNode config)
      throws IOException {
    String declared = expected.license(ModelCard.read(folder));
    if (!declared.isEmpty()) {
      return declared;
    }
    String origin =
        (typeOf(config) + " " + config.path("_name_or_path").asText() + " " + folder.getFileName())
            .toLowerCase(Locale.ROOT);
    if (origin.contains("gemma")) {
      return "gemma";
    }
    return origin.matches(".*llama-?[23].*") ? "llama-community" : "";
  }

  private static boolean writesText(ObjectNode config) {
    String architecture = config.path("architectures").path(0).asText();
    return architecture.endsWith("ForCausalLM") || typeOf(config).equals("gemma3");
  }

  private static String typeOf(ObjectNode config) {
    return config.path("model_type").asText();
  }

  private static ProcessingException missing(String expected, Path folder) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected %s in the folder of the language model '%s', found none"
            .formatted(expected, folder),
        "Copy it from where the model is published");
  }
}
