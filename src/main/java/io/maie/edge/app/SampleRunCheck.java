package io.maie.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/**
 * Sends a shipped sample through a temporary spool, with the settings in force: everything that a
 * real recording meets, away from the real folders.
 */
final class SampleRunCheck implements Check {
  private static final List<String> SPOOL =
      List.of("inbox", "outbox", "failed", "archive", "work", "state");

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
      Path spool = Files.createTempDirectory("maie-doctor-");
      try {
        return run(spool);
      } finally {
        PathUtils.deleteDirectory(spool);
      }
    } catch (CommandException | IOException e) {
      return Finding.failure(String.valueOf(e.getMessage()), "See the checks above");
    }
  }

  private Finding run(Path spool) throws CommandException, IOException {
    for (String folder : SPOOL) {
      Files.createDirectory(spool.resolve(folder));
    }
    Path sample = sample();
    Files.copy(sample, spool.resolve("inbox").resolve(sample.getFileName()));
    List<RecordingOutcome> outcomes =
        new DaemonProcess(() -> SettingsReader.read(within(spool)), BuildFacts.read(), Map.of())
            .drain(RecordingListener.disabled());
    if (outcomes.isEmpty()) {
      return Finding.failure("The sample was not processed", "Look at the log above");
    }
    RecordingOutcome outcome = outcomes.get(0);
    if (outcome instanceof RecordingOutcome.Failed failed) {
      return Finding.failure(failed.code() + ": " + failed.message(), failed.hint());
    }
    return Finding.ok(figures(((RecordingOutcome.Published) outcome).document()));
  }

  private SettingsSources within(Path spool) {
    Map<String, String> flags = new HashMap<>(sources.flags());
    SPOOL.forEach(folder -> flags.put(folder + ".path", spool.resolve(folder).toString()));
    return new SettingsSources(
        sources.installation(),
        sources.environment(),
        sources.home(),
        sources.config(),
        sources.profile(),
        flags);
  }

  private static String figures(Path document) throws IOException {
    JsonNode metrics = new ObjectMapper().readTree(document.toFile()).path("metrics");
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
