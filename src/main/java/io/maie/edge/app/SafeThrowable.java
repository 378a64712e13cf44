package io.maie.edge.app;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An exception with its causes, whose messages are shown as {@link SafeMessage} shows its own. */
public final class SafeThrowable extends ThrowableProxyConverter {

  @Override
  protected String throwableProxyToString(IThrowableProxy thrown) {
    return super.throwableProxyToString(new Safe(thrown));
  }

  private record Safe(IThrowableProxy thrown) implements IThrowableProxy {

    private static @Nullable IThrowableProxy safe(@Nullable IThrowableProxy thrown) {
      return thrown == null ? null : new Safe(thrown);
    }

    private static @Nullable String shown(@Nullable String message) {
      return message == null ? null : SafeMessage.shown(message);
    }

    @Override
    public @Nullable String getMessage() {
      return shown(thrown.getMessage());
    }

    @Override
    public @Nullable String getOverridingMessage() {
      return shown(thrown.getOverridingMessage());
    }

    @Override
    public String getClassName() {
      return thrown.getClassName();
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return thrown.getStackTraceElementProxyArray();
    }

    @Override
    public int getCommonFrames() {
      return thrown.getCommonFrames();
    }

    @Override
    public @Nullable IThrowableProxy getCause() {
      return safe(thrown.getCause());
    }

    @Override
    public IThrowableProxy[] getSuppressed() {
      return Arrays.stream(thrown.getSuppressed()).map(Safe::new).toArray(IThrowableProxy[]::new);
    }

    @Override
    public boolean isCyclic() {
      return thrown.isCyclic();
    }
  }
}
