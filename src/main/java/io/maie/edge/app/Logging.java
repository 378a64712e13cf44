package io.maie.edge.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import io.maie.edge.config.LogLevel;
import io.maie.edge.config.LoggingSettings;
import io.maie.edge.durable.HeldFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * The log of the daemon: standard output, with priorities if the journal reads it, and a rolling
 * file. Each line carries the id of the task it belongs to, and that of the request of the API
 * during which it is written. Closed files are removed by the cleanup alone, which knows how long
 * and how many of them are kept.
 */
final class Logging {
  /** Nothing where no request of the API is answered. */
  private static final String REQUEST = "%replace( request=%X{request}){' request=$',''}";

  private static final String CONTENT = "%X{task:--}" + REQUEST + " %logger{0} %safe%n%thrown{20}";

  /** The server of the API, which tells of its inside where others tell of recordings. */
  private static final String SERVER = "org.eclipse.jetty";

  /** Time is left to the journal. */
  static final String JOURNAL_PATTERN = "%priority" + CONTENT;

  static final String PLAIN_PATTERN = "%d{HH:mm:ss.SSS} %-5level " + CONTENT;
  private static final String FILE_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level " + CONTENT;

  /** Compressed days and sizes: {@code maie-edge.2026-01-31.0.log.gz}. */
  private static final String ROLLED_SUFFIX = ".%d{yyyy-MM-dd}.%i.log.gz";

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}\\p{M}/ ._~'\",;:@#=&!-]*");

  private Logging() {}

  /** Replaces whatever logging there was. */
  static void start(LoggingSettings options, Map<String, String> environment) {
    start((LoggerContext) LoggerFactory.getILoggerFactory(), options, environment);
  }

  static void start(
      LoggerContext context, LoggingSettings options, Map<String, String> environment) {
    context.reset();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(options.level()));
    context.getLogger(SERVER).setLevel(Level.WARN);
    boolean journal = environment.containsKey("JOURNAL_STREAM");
    root.addAppender(console(context, "System.out", journal ? JOURNAL_PATTERN : PLAIN_PATTERN));
    root.addAppender(rollingFile(context, options));
  }

  /** Changes the least grave level that is written. */
  static void setLevel(LogLevel level) {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level(level));
  }

  /** Writes out what is buffered and closes the file. */
  static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  private static Level level(LogLevel level) {
    return Level.toLevel(level.name());
  }

  static ConsoleAppender<ILoggingEvent> console(
      LoggerContext context, String stream, String pattern) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setTarget(stream);
    appender.setEncoder(encoder(context, pattern));
    appender.start();
    return appender;
  }

  private static RollingFileAppender<ILoggingEvent> rollingFile(
      LoggerContext context, LoggingSettings options) {
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    String file = plain(options.file()).toString();
    appender.setFile(file);
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(file.replaceFirst("\\.log$", "") + ROLLED_SUFFIX);
    policy.setMaxFileSize(new FileSize(options.maxFileBytes()));
    policy.start();
    appender.setRollingPolicy(policy);
    appender.setEncoder(encoder(context, FILE_PATTERN));
    appender.start();
    return appender;
  }

  /**
   * The same file by a path without signs that mean something in patterns: the library takes paths
   * for patterns of dates and for regular expressions.
   */
  private static Path plain(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || PLAIN.matcher(folder.toString()).matches()) {
      return file;
    }
    try {
      Files.createDirectories(folder);
      // held for as long as the process lives
      return HeldFolder.below(folder, folder).path().resolve(file.getFileName());
    } catch (IOException e) {
      return file;
    }
  }

  private static PatternLayoutEncoder encoder(LoggerContext context, String pattern) {
    PatternLayoutEncoder encoder =
        new PatternLayoutEncoder() {
          @Override
          public void start() {
            PatternLayout safeLayout = new PatternLayout();
            safeLayout.getInstanceConverterMap().put("safe", SafeMessage::new);
            safeLayout.getInstanceConverterMap().put("thrown", SafeThrowable::new);
            safeLayout.getInstanceConverterMap().put("priority", JournalPriority::new);
            safeLayout.setContext(getContext());
            safeLayout.setPattern(getPattern());
            safeLayout.start();
            this.layout = safeLayout;
            this.started = true;
          }
        };
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(pattern);
    encoder.start();
    return encoder;
  }
}
