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
import io.maie.edge.retention.RetentionFolders;
import io.maie.edge.retention.RetentionOptions;
import io.maie.edge.retention.RetentionPlanner;
import io.maie.edge.retention.WallClockAges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
  void noNameInAnExceptionMakesALineOfItsOwn() throws Exception {
    ByteArrayOutputStream bytes = console(Logging.JOURNAL_PATTERN);
    IOException cause = new IOException("cannot read 'a\n<0>- Daemon forged.wav'");
    cause.addSuppressed(new IOException("nor 'b\n<1>forged.wav'"));

    context.getLogger("io.maie.edge.daemon.Daemon").warn("failed", new UncheckedIOException(cause));

    String lines = bytes.toString(StandardCharsets.UTF_8);
    assertThat(lines)
        .contains("Caused by: java.io.IOException: cannot read 'a?<0>- Daemon forged.wav'")
        .contains("nor 'b?<1>forged.wav'")
        .contains("\tat ");
    assertThat(lines.lines()).noneMatch(line -> line.startsWith("<0>") || line.startsWith("<1>"));
  }

  @Test
  void theFileSaysWhichTaskALineBelongsTo() throws Exception {
    Path file = folder.resolve("maie-edge.log");
    Logging.start(context, new LoggingSettings(LogLevel.INFO, file, 1_000_000), Map.of());
    context.getMDCAdapter().put("task", "0199-7");

    context.getLogger("io.maie.edge.task.TaskRunner").info("claimed file={}", "a\nb.wav");
    context.getLogger("io.maie.edge.task.TaskRunner").debug("not for operators");
    context.stop();

    assertThat(Files.readString(file))
        .matches("\\S+ INFO  0199-7 TaskRunner claimed file=a\\?b\\.wav\n");
  }

  @Test
  void theFileSaysWhichRequestALineBelongsTo() throws Exception {
    Path file = folder.resolve("maie-edge.log");
    Logging.start(context, new LoggingSettings(LogLevel.INFO, file, 1_000_000), Map.of());
    context.getMDCAdapter().put("request", "abc-7");

    context.getLogger("io.maie.edge.http.Upload").info("arrived");
    context.getLogger("org.eclipse.jetty.server.Server").info("Started oejs.Server@37907f63");
    context.stop();

    assertThat(Files.readString(file)).matches("\\S+ INFO  - request=abc-7 Upload arrived\n");
  }

  @Test
  void aFileThatGrewTooLargeIsClosedAndCompressed() throws Exception {
    Path file = folder.resolve("maie-edge.log");
    Logging.start(context, new LoggingSettings(LogLevel.INFO, file, 2_000), Map.of());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              context.getLogger("x").info("a line that fills the file {}", "x".repeat(500));
              return names().stream().anyMatch(name -> name.endsWith(".log.gz"));
            });
    context.stop();

    assertThat(names()).contains("maie-edge.log");
    assertThat(logsThatRetentionSees())
        .containsExactlyInAnyOrderElementsOf(
            names().stream().filter(name -> !name.equals("maie-edge.log")).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"100%", "a %20;b", "{x}", "$(x)+[y]*", "a b'\u00fc\"&"})
  void foldersWithSignsOfPatternsKeepTheirLogsLikeOthers(String name) throws Exception {
    folder = Files.createDirectory(folder.resolve(name));

    aFileThatGrewTooLargeIsClosedAndCompressed();
  }

  private List<String> logsThatRetentionSees() throws IOException {
    Path none = folder.resolve("none");
    Cleanup cleanup =
        new Cleanup(
            new RetentionFolders(none, none, none, none, none, folder.resolve("maie-edge.log")),
            new RetentionPlanner(RetentionOptions.DEFAULTS, Instant.EPOCH),
            (area, path) -> false,
            () -> new WallClockAges(Instant.now()));
    return cleanup.planAhead(Duration.ofDays(40)).deletions().stream()
        .map(deletion -> String.valueOf(deletion.item().path().getFileName()))
        .toList();
  }

  @Test
  void closedFilesAreLeftToTheCleanup() throws Exception {
    String today = LocalDate.now(ZoneId.systemDefault()).toString();
    for (int i = 0; i < 30; i++) {
      Files.write(folder.resolve("maie-edge." + today + "." + i + ".log.gz"), new byte[2_000]);
    }
    Path file = folder.resolve("maie-edge.log");
    Logging.start(context, new LoggingSettings(LogLevel.INFO, file, 2_000), Map.of());

    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              context.getLogger("x").info("a line that fills the file {}", "x".repeat(500));
              return names().contains("maie-edge." + today + ".30.log.gz");
            });
    context.stop();

    assertThat(names()).hasSizeGreaterThanOrEqualTo(32);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private ByteArrayOutputStream console(String pattern) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConsoleAppender<ILoggingEvent> console = Logging.console(context, "System.out", pattern);
    ((OutputStreamAppender<ILoggingEvent>) console).setOutputStream(bytes);
    context.getLogger("ROOT").addAppender(console);
    return bytes;
  }

  private String written(String pattern) {
    ByteArrayOutputStream bytes = console(pattern);
    var logger = context.getLogger("io.maie.edge.daemon.Daemon");
    logger.info("started");
    logger.warn("look here");
    logger.error("broken");
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
