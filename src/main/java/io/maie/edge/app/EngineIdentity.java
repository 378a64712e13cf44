package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.config.Settings;
import io.maie.edge.config.SettingsReport;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.Manifest;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.result.RuntimeEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Names everything that can change the result of a recording: the program and those it starts,
 * models, settings, templates, known voices. Equal texts mean equal results.
 */
final class EngineIdentity implements Supplier<Optional<String>> {
  private static final Logger LOG = LoggerFactory.getLogger(EngineIdentity.class);

  /** Templates lie in a folder each; samples of a voice may, too. */
  private static final int DEPTH = 3;

  private final Settings settings;
  private final ModelCatalog catalog;

  /** Part that stays as it is while the program runs. */
  private final List<String> fixed;

  EngineIdentity(
      Settings settings, BuildFacts build, ModelCatalog catalog, RuntimeEnvironment runtime) {
    this.settings = requireNonNull(settings, "settings is null");
    this.catalog = requireNonNull(catalog, "catalog is null");
    List<String> lines = new ArrayList<>();
    lines.add(build.toString());
    lines.add(runtime.toString());
    lines.add(settings.hallucinationPatterns().checksums().toString());
    lines.addAll(SettingsReport.shapingResults(settings));
    this.fixed = List.copyOf(lines);
  }

  /** Empty if it cannot be found out now. */
  @Override
  public Optional<String> get() {
    List<String> lines = new ArrayList<>(fixed);
    try {
      lines.addAll(program(settings.decode().ffmpeg()));
      for (InstalledModel model : catalog.list()) {
        model.folder().map(folder -> described(folder.manifest())).ifPresent(lines::add);
        lines.addAll(files(model.path().resolve(Manifest.FILE_NAME)));
      }
      for (Path folder : settings.templateFolders()) {
        lines.addAll(files(folder));
      }
      lines.addAll(files(VoiceCommands.folder(settings)));
      if (settings.voicesFolder().isPresent()) {
        lines.addAll(files(settings.voicesFolder().get()));
      }
      return Optional.of(String.join("\n", lines));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("Looking at programs and models failed; no earlier result answers", e);
      return Optional.empty();
    }
  }

  private static String described(Manifest manifest) {
    return manifest.name() + " " + manifest.version() + " " + manifest.files();
  }

  /** The program that a name of the settings means. */
  private static List<String> program(String name) throws IOException {
    if (name.contains("/")) {
      return files(Path.of(name));
    }
    String folders = Objects.requireNonNullElse(System.getenv("PATH"), "");
    for (String folder : folders.split(File.pathSeparator, -1)) {
      Path file = Path.of(folder, name);
      if (Files.isExecutable(file)) {
        return files(file.toRealPath());
      }
    }
    return List.of(name);
  }

  /** Path, size and time of every file at or below {@code place}; empty if there is none. */
  private static List<String> files(Path place) throws IOException {
    if (!Files.exists(place)) {
      return List.of();
    }
    List<Path> files;
    try (Stream<Path> found = Files.walk(place, DEPTH)) {
      files = found.filter(Files::isRegularFile).sorted().toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files) {
      lines.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
    }
    return lines;
  }
}
