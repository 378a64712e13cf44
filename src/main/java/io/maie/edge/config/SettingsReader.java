package io.maie.edge.config;

import io.maie.edge.request.ParameterLayer;
import io.maie.edge.request.RecordingParameters;
import io.maie.edge.request.ValidatedParameters;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings: defaults, profile, file, environment, flags, each stronger than the one
 * before. Never throws for a mistake in the settings; all mistakes are reported at once.
 */
public final class SettingsReader {
  private static final String FILE = "maie-edge.yaml";

  private final SettingsSources sources;
  private final KnownSettings known;
  private final List<Problem> problems = new ArrayList<>();

  private SettingsReader(SettingsSources sources, KnownSettings known) {
    this.sources = sources;
    this.known = known;
  }

  /** Reads all that {@code sources} name. */
  public static LoadedSettings read(SettingsSources sources) {
    return new SettingsReader(sources, KnownSettings.OF_PROGRAM).read();
  }

  /** The folders of profiles, patterns and templates, strongest first; each may not exist. */
  public static List<Path> configFolders(SettingsSources sources) {
    SettingsReader reader = new SettingsReader(sources, KnownSettings.OF_PROGRAM);
    return reader.configFolders(reader.file());
  }

  private LoadedSettings read() {
    @Nullable Path file = file();
    List<SettingsLayer> layers = layers(file);
    layers.forEach(layer -> problems.addAll(layer.problems()));
    SettingValues values = SettingValues.merge(known, layers);
    problems.addAll(values.problems());
    RecordingParameters defaults = defaults(layers);
    FolderSettings folders =
        FolderSettings.of(values, sources.effectiveHome(), sources.installation());
    problems.addAll(FolderRules.check(folders, values));
    checkTogether(values);
    PatternFiles patterns = PatternFiles.read(configFolders(file));
    problems.addAll(patterns.problems());
    return new LoadedSettings(
        sources.effectiveProfile(),
        file,
        new Settings(
            values,
            folders,
            defaults,
            patterns.patterns(),
            configFolders(file).stream().map(folder -> folder.resolve("templates")).toList()),
        problems);
  }

  /** The settings file that counts; null if there is none and none was asked for. */
  private @Nullable Path file() {
    @Nullable Path asked = sources.config();
    if (asked != null) {
      return asked;
    }
    return configFolders()
        .map(folder -> folder.resolve(FILE))
        .filter(Files::exists)
        .findFirst()
        .orElse(null);
  }

  private Stream<Path> configFolders() {
    return Stream.of(sources.effectiveHome(), sources.installation())
        .map(folder -> folder.resolve("config"));
  }

  private List<Path> configFolders(@Nullable Path file) {
    List<Path> folders = new ArrayList<>();
    @Nullable Path beside = file == null ? null : file.toAbsolutePath().getParent();
    if (beside != null) {
      folders.add(beside);
    }
    configFolders().forEach(folders::add);
    return folders;
  }

  private List<SettingsLayer> layers(@Nullable Path file) {
    List<SettingsLayer> layers =
        new ArrayList<>(Profiles.read(sources.effectiveProfile(), configFolders(file), known));
    if (file != null) {
      layers.add(SettingsFile.read(file, Origin.Layer.FILE, known));
    }
    layers.add(SettingsLayer.ofEnvironment(sources.environment(), known));
    layers.add(SettingsLayer.ofFlags(sources.flags(), known));
    return layers;
  }

  private RecordingParameters defaults(List<SettingsLayer> layers) {
    List<ParameterLayer> parameters = layers.stream().map(DefaultParameters::of).toList();
    ValidatedParameters merged =
        ValidatedParameters.merge(RecordingParameters.DEFAULTS, parameters);
    for (Problem problem : merged.problems()) {
      problems.add(
          new Problem(
              problem.where(), KnownSettings.DEFAULTS + "." + problem.field(), problem.sentence()));
    }
    return merged instanceof ValidatedParameters.Valid valid
        ? valid.parameters()
        : RecordingParameters.DEFAULTS;
  }

  private void checkTogether(SettingValues values) {
    checkWords(values);
    checkEngine(values);
    boolean nothingFits =
        values
                .get(ProcessingKeys.LIMITS_MIN_DURATION)
                .compareTo(values.get(ProcessingKeys.LIMITS_MAX_DURATION))
            > 0;
    if (nothingFits) {
      Key<?> setting = ProcessingKeys.LIMITS_MIN_DURATION;
      problems.add(
          values.problem(
              setting,
              "expected at most limits.max_duration "
                  + values.show(ProcessingKeys.LIMITS_MAX_DURATION)
                  + ", found "
                  + values.show(ProcessingKeys.LIMITS_MIN_DURATION)));
    }
  }

  private void checkEngine(SettingValues values) {
    if (values.get(TextKeys.ENGINE) == TextEngine.SERVER) {
      requireServer(values, TextKeys.ENGINE, TextKeys.SUMMARY_URL);
    }
    if (values.get(TextKeys.CLEANING_ENGINE) == CleaningEngine.SERVER) {
      requireServer(values, TextKeys.CLEANING_ENGINE, TextKeys.CLEANING_URL);
    }
  }

  private void requireServer(SettingValues values, Key<?> engine, Key<Optional<URI>> url) {
    if (values.get(url).isEmpty()) {
      problems.add(
          values.problem(engine, "expected %s to be set with server".formatted(url.name())));
    }
  }

  private void checkWords(SettingValues values) {
    int fewest = values.get(HallucinationKeys.MIN_WORDS);
    if (fewest > values.get(HallucinationKeys.MAX_WORDS).orElse(fewest)) {
      Key<?> setting = HallucinationKeys.MIN_WORDS;
      problems.add(
          values.problem(
              setting,
              "expected at most asr.hallucination.max_words "
                  + values.show(HallucinationKeys.MAX_WORDS)
                  + ", found "
                  + fewest));
    }
  }
}
