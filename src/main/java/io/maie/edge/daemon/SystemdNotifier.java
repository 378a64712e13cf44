package io.maie.edge.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import io.maie.edge.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Speaks systemd's notification protocol (sd_notify(3)): lines of {@code KEY=value} in one datagram
 * to a Unix socket.
 *
 * <p>Implementation note: Java 17 has no Unix datagram sockets, so three functions of the C library
 * are called through JNA. The message comes from this very process, so that {@code
 * NotifyAccess=main} suffices.
 */
public final class SystemdNotifier implements ServiceNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

  /** {@code sun_path} of {@code struct sockaddr_un}, with its end. */
  private static final int MOST_ADDRESS_BYTES = 107;

  private static final int NANOS_PER_MICRO = 1_000;

  private final byte[] address;
  private final Ticker ticker;

  private SystemdNotifier(byte[] address, Ticker ticker) {
    this.address = address;
    this.ticker = ticker;
  }

  /**
   * The notifier for what systemd put into {@code NOTIFY_SOCKET}; a disabled one if that is empty
   * or cannot be used.
   */
  public static ServiceNotifier of(@Nullable String socket, Ticker ticker) {
    requireNonNull(ticker, "ticker is null");
    if (socket == null || socket.isEmpty()) {
      return ServiceNotifier.disabled();
    }
    byte[] address = socket.getBytes(UTF_8);
    boolean isKnownKind = socket.startsWith("/") || socket.startsWith("@");
    if (!isKnownKind || address.length > MOST_ADDRESS_BYTES) {
      LOG.warn("Expected a path or an abstract name in NOTIFY_SOCKET, found '{}'", socket);
      return ServiceNotifier.disabled();
    }
    if (address[0] == '@') {
      address[0] = 0;
    }
    try {
      Native.register(UnixDatagram.class, "c");
    } catch (LinkageError e) {
      LOG.warn("JNA is missing; the service manager hears nothing: {}", e.toString());
      return ServiceNotifier.disabled();
    }
    return new SystemdNotifier(address, ticker);
  }

  @Override
  public void ready() {
    send("READY=1");
  }

  @Override
  public void status(String line) {
    send("STATUS=" + line.replace('\n', ' '));
  }

  @Override
  public void watchdog() {
    send("WATCHDOG=1");
  }

  @Override
  public void reloading() {
    // systemd compares this with its own CLOCK_MONOTONIC, which Java's ticker reads on Linux
    send("RELOADING=1\nMONOTONIC_USEC=" + ticker.nanos() / NANOS_PER_MICRO);
  }

  @Override
  public void stopping() {
    send("STOPPING=1");
  }

  @Override
  public void extendTimeout(Duration duration) {
    send("EXTEND_TIMEOUT_USEC=" + duration.toNanos() / NANOS_PER_MICRO);
  }

  private void send(String message) {
    try {
      UnixDatagram.send(address, message.getBytes(UTF_8));
    } catch (LastErrorException e) {
      LOG.debug("Telling the service manager failed; the daemon continues: {}", e.toString());
    }
  }
}
