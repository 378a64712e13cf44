package io.maie.edge.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The priority of a line as systemd's journal reads it from standard output: {@code <3>} error to
 * {@code <7>} debug (sd-daemon(3)).
 */
public final class JournalPriority extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return switch (event.getLevel().toInt()) {
      case Level.ERROR_INT -> "<3>";
      case Level.WARN_INT -> "<4>";
      case Level.INFO_INT -> "<6>";
      default -> "<7>";
    };
  }
}
