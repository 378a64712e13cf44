package io.maie.edge.app;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * A message that cannot forge or reorder a line of the log: control characters and the marks of
 * bidirectional text become question marks. Names of recordings come from strangers.
 */
public final class SafeMessage extends ClassicConverter {

  @Override
  public String convert(ILoggingEvent event) {
    return shown(event.getFormattedMessage());
  }

  static String shown(String message) {
    StringBuilder safe = new StringBuilder(message.length());
    message
        .codePoints()
        .map(c -> Character.isISOControl(c) || isBidirectionalMark(c) ? '?' : c)
        .forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static boolean isBidirectionalMark(int codePoint) {
    boolean embedding = codePoint >= 0x202A && codePoint <= 0x202E;
    boolean isolate = codePoint >= 0x2066 && codePoint <= 0x2069;
    boolean separator = codePoint == 0x2028 || codePoint == 0x2029;
    return embedding || isolate || separator;
  }
}
