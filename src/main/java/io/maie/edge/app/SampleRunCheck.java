package io.maie.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.cli.CommandException;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Runs a shipped sample. */
final class SampleRunCheck implements Check {
  private final SettingsSources sources;
  private final Path samples;

  SampleRunCheck(SettingsSources sources, Path samples) {
    this.sources = sources;
    this.samples = samples;
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public Finding run() {
    try {
      return Finding.ok(figures(new SampleRun(sources).document(sample())));
    } catch (CommandException e) {
      return Finding.failure(
          String.valueOf(e.getMessage()), e.hint().orElse("See the checks above"));
    } catch (IOException e) {
      return Finding.failure(String.valueOf(e.getMessage()), "See the checks above");
    }
  }

  private static String figures(JsonNode document) {
    JsonNode metrics = document.path("metrics");
    return String.format(
        Locale.ROOT,
        "transcribed at a real-time factor of %.3f, with at most %,d MB of memory",
        metrics.path("rtf").asDouble(),
        metrics.path("peak_rss_bytes").asLong() / 1_000_000);
  }

  private Path sample() throws IOException {
    try (Stream<Path> files = Files.list(samples)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(wav|flac|mp3|m4a|ogg)"))
          .min(Path::compareTo)
          .orElseThrow(() -> new IOException("No sample recording in '" + samples + "'"));
    }
  }
}
