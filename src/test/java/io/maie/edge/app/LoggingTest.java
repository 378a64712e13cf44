package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.maie.edge.config.LogLevel;
import io.maie.edge.config.LoggingSettings;
import io.maie.edge.retention.Cleanup;
import io.maie.edge.retention.Keep;
import io.maie.edge.retention.RetentionFolders;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.retention.RetentionPlanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoggingTest {

  private final LoggerContext context = new LoggerContext();
  @TempDir Path folder;

  @BeforeEach
  void giveTheContextItsTaskIds() {
    context.setMDCAdapter(new LogbackMDCAdapter());
  }

  @Test
  void theJournalGetsAPriorityPerLineAndNoTime() {
    String lines = written(Logging.JOURNAL_PATTERN);

    assertThat(lines.lines())
        .containsExactly("<6>- Daemon started", "<4>- Daemon look here", "<3>- Daemon broken");
  }

  @Test
  void theFileSaysWhichTaskALineBelongsTo() throws Exception {
    Path file = folder.resolve("maie-edge.log");
    Logging.start(
        context, new LoggingSettings(LogLevel.INFO, file, 1_000_000, Duration.ofDays(7)), Map.of());
    context.getMDCAdapter().put("task", "0199-7");

    context.getLogger("io.maie.edge.task.TaskRunner").info("claimed file={}", "a\nb.wav");
    context.getLogger("io.maie.edge.task.TaskRunner").debug("not for operators");
    context.stop();

    assertThat(Files.readString(file))
        .matches("\\S+ INFO  0199-7 TaskRunner claimed file=a\\?b\\.wav\n");
  }

  @Test
  void aFileThatGrewTooLargeIsClosedAndCompressed() throws Exception {
    Path file = folder.resolve("maie-edge.log");
    Logging.start(
        context, new LoggingSettings(LogLevel.INFO, file, 2_000, Duration.ofDays(7)), Map.of());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              context.getLogger("x").info("a line that fills the file {}", "x".repeat(500));
              return names().stream().anyMatch(name -> name.endsWith(".log.gz"));
            });
    context.stop();

    assertThat(names()).contains("maie-edge.log");
    assertThat(namesThatRetentionTakesFor(file)).isNotEmpty().allMatch(n -> n.endsWith(".log.gz"));
  }

  /** What is deleted of the logs once it is old; real files cannot be made old. */
  private List<String> namesThatRetentionTakesFor(Path log) throws IOException {
    Path none = folder.resolve("none");
    Cleanup cleanup =
        new Cleanup(
            new RetentionFolders(none, none, none, none, none, log),
            new RetentionPlanner(RetentionOptions.DEFAULTS, Instant.EPOCH),
            Keep.nothing(),
            InstantSource.offset(Clock.systemUTC(), Duration.ofDays(99)));
    return cleanup.plan().deletions().stream()
        .map(deletion -> String.valueOf(deletion.item().path().getFileName()))
        .toList();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private String written(String pattern) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConsoleAppender<ILoggingEvent> console = Logging.console(context, "System.out", pattern);
    ((OutputStreamAppender<ILoggingEvent>) console).setOutputStream(bytes);
    context.getLogger("ROOT").addAppender(console);
    var logger = context.getLogger("io.maie.edge.daemon.Daemon");
    logger.info("started");
    logger.warn("look here");
    logger.error("broken");
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
