package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.RecordingListener;
import io.maie.edge.cli.RecordingOutcome;
import io.maie.edge.config.SettingsReader;
import io.maie.edge.config.SettingsSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.file.PathUtils;

/**
 * Sends a shipped sample through a temporary spool with the settings in force, like a real
 * recording, but away from the real folders.
 */
final class SampleRun {
  private static final List<String> SPOOL =
      List.of("inbox", "outbox", "failed", "archive", "work", "state");

  private final SettingsSources sources;

  SampleRun(SettingsSources sources) {
    this.sources = requireNonNull(sources, "sources is null");
  }

  /**
   * The result document of a sample.
   *
   * @throws CommandException if the sample failed, with its code, or the installation cannot work
   */
  JsonNode document(Path sample) throws CommandException, IOException {
    Path spool = Files.createTempDirectory("maie-sample-");
    try {
      return document(spool, sample);
    } finally {
      PathUtils.deleteDirectory(spool);
    }
  }

  private JsonNode document(Path spool, Path sample) throws CommandException, IOException {
    for (String folder : SPOOL) {
      Files.createDirectory(spool.resolve(folder));
    }
    Files.copy(sample, spool.resolve("inbox").resolve(sample.getFileName()));
    SettingsSources within = within(spool);
    List<RecordingOutcome> outcomes =
        new DaemonProcess(() -> SettingsReader.read(within), BuildFacts.read(), Map.of(), List.of())
            .drain(RecordingListener.disabled());
    if (outcomes.isEmpty()) {
      throw new CommandException(
          ExitCode.FAILED, "The sample was not processed", "Look at the log above");
    }
    RecordingOutcome outcome = outcomes.get(0);
    if (outcome instanceof RecordingOutcome.Failed failed) {
      throw new CommandException(
          ExitCode.FAILED, failed.code() + ": " + failed.message(), failed.hint());
    }
    return new ObjectMapper().readTree(((RecordingOutcome.Published) outcome).document().toFile());
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
}
