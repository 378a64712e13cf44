package io.maie.edge.durable;

import static java.util.Objects.requireNonNull;

import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the servers of FUSE file systems, such as sshfs, for a sign of life. Linux cannot end a
 * thread that waits for such a server, not even by SIGKILL, and a process lasts as long as its
 * threads. So a process of its own asks first, and threads of this one follow when it came back.
 * Thread-safe.
 */
final class FuseServers {
  private static final Logger LOG = LoggerFactory.getLogger(FuseServers.class);

  /** Asks for free space, which is answered from no cache. */
  private static final List<String> STAT = List.of("stat", "-f", "--");

  private static final FuseServers OF_THIS_MACHINE =
      new FuseServers(MountPoint.OF_THIS_PROCESS, STAT, Ticker.system());

  /** The time for which an answer holds. */
  private static final Duration HOLDS = Duration.ofMillis(500);

  private static final int MOST_LINKS = 40;

  private final Path mounts;
  private final List<String> program;
  private final Ticker ticker;
  private final Map<Path, Server> servers = new ConcurrentHashMap<>();

  /**
   * Asks nothing yet.
   *
   * @param mounts lines as in {@code /proc/self/mountinfo}
   * @param program ends when the folder that is its last argument has answered
   */
  FuseServers(Path mounts, List<String> program, Ticker ticker) {
    this.mounts = requireNonNull(mounts, "mounts is null");
    this.program = List.copyOf(program);
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /** The servers that this process sees; all who ask share the answers. */
  static FuseServers ofThisMachine() {
    return OF_THIS_MACHINE;
  }

  /** The mount point of FUSE at or above {@code folder}, found without touching it. */
  Optional<Path> mountPointOf(Path folder) {
    Set<Path> places =
        MountPoint.allOf(mounts).stream()
            .filter(mount -> mount.type().equals("fuse") || mount.type().startsWith("fuse."))
            .map(MountPoint::place)
            .collect(Collectors.toSet());
    return places.isEmpty() ? Optional.empty() : firstOn(places, folder);
  }

  /** Follows links up to the first of {@code places}. */
  private static Optional<Path> firstOn(Set<Path> places, Path folder) {
    Path path = folder.toAbsolutePath().normalize();
    for (int links = 0, names = 1; links < MOST_LINKS && names <= path.getNameCount(); names++) {
      Path above = path.getRoot().resolve(path.subpath(0, names));
      if (places.contains(above)) {
        return Optional.of(above);
      }
      if (Files.isSymbolicLink(above)) {
        path = followed(path, above);
        links++;
        names = 0;
      }
    }
    return Optional.empty();
  }

  /** A link that is gone by now leads to itself, and ends the search by the number of links. */
  private static Path followed(Path path, Path link) {
    try {
      Path target = link.resolveSibling(Files.readSymbolicLink(link));
      return target.resolve(link.relativize(path)).normalize();
    } catch (IOException e) {
      return path;
    }
  }

  /**
   * Waits until the server of {@code folder} has answered, without a limit; the caller gives up its
   * thread. Returns at once for a folder that does not lie on FUSE.
   *
   * @throws InterruptedIOException if the thread is interrupted
   */
  void awaitAnswer(Path folder) throws InterruptedIOException {
    Optional<Path> place = mountPointOf(folder);
    if (place.isPresent()) {
      servers.computeIfAbsent(place.get(), Server::new).awaitAnswer();
    }
  }

  /** One that is asked by one process at a time. */
  private final class Server {
    private final Path place;

    /** The process that asks; guarded by this. */
    private @Nullable Process question;

    /** The time of the last answer; null before the first; guarded by this. */
    private @Nullable Long answeredNanos;

    Server(Path place) {
      this.place = place;
    }

    void awaitAnswer() throws InterruptedIOException {
      Process running = asking();
      if (running == null) {
        return;
      }
      try {
        int status = running.waitFor();
        LOG.trace("Answered; place={} status={}", place, status);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while '" + place + "' was asked");
      }
      synchronized (this) {
        answeredNanos = ticker.nanos();
      }
    }

    /** The process to wait for; null if the last answer holds, or no process can be started. */
    private synchronized @Nullable Process asking() {
      Long answered = answeredNanos;
      if (answered != null && ticker.nanos() - answered < HOLDS.toNanos()) {
        return null;
      }
      Process running = question;
      if (running == null || !running.isAlive()) {
        running = started();
        question = running;
      }
      return running;
    }

    private @Nullable Process started() {
      List<String> command = new ArrayList<>(program);
      command.add(place.toString());
      try {
        return new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        LOG.debug("Asking '{}' by a process failed; continues without: {}", place, e.toString());
        return null;
      }
    }
  }
}
