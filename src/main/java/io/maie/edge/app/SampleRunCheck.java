package io.maie.edge.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ProcessingOrder;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.config.Settings;
import io.maie.edge.request.ParameterLayer;
import io.maie.edge.telemetry.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;

/** Transcribes a shipped sample with everything that a real recording meets. */
final class SampleRunCheck implements Check {
  private final Settings settings;
  private final BuildFacts build;
  private final Path samples;

  SampleRunCheck(Settings settings, BuildFacts build, Path samples) {
    this.settings = settings;
    this.build = build;
    this.samples = samples;
  }

  @Override
  public String name() {
    return "sample";
  }

  @Override
  public Finding run() {
    try {
      Path output = Files.createTempDirectory("maie-doctor-");
      try {
        return run(sample(), output);
      } finally {
        PathUtils.deleteDirectory(output);
      }
    } catch (CommandException | IOException e) {
      return Finding.failure(String.valueOf(e.getMessage()), "See the checks above");
    }
  }

  private Finding run(Path sample, Path output) throws CommandException, IOException {
    ProcessingOrder order = new ProcessingOrder(ParameterLayer.empty("doctor"), output);
    try (DirectRun run = DirectRun.open(settings, build, order, RecordingListener.disabled())) {
      // the second run finds the models loaded, as most recordings do
      run.process(sample);
      RecordingOutcome outcome = run.process(sample);
      if (outcome instanceof RecordingOutcome.Failed failed) {
        return Finding.failure(failed.code() + ": " + failed.message(), failed.hint());
      }
      RecordingOutcome.Published published = (RecordingOutcome.Published) outcome;
      return Finding.ok(figures(published.document()));
    }
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
