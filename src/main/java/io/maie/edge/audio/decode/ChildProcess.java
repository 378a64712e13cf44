package io.maie.edge.audio.decode;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs beside us: reads nothing from us, and its standard error is drained so that
 * it never waits for us. Closing it ends it for certain and waits for its threads.
 */
final class ChildProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

  /** A killed process that has not gone by then hangs in the kernel; it is left behind. */
  private static final long REAP_SECONDS = 5;

  /** Words of the system when it starts no program although there is one. */
  private static final List<String> LIMITS =
      List.of("Too many open files", "Resource temporarily unavailable", "Cannot allocate memory");

  /** Characters of one line of standard error that are looked at. */
  private static final int MAX_LINE = 4_096;

  private final Process process;
  private final ErrorLines errors;
  private final ExecutorService threads = Executors.newCachedThreadPool(ChildProcess::thread);
  private final Future<Boolean> drained;

  private ChildProcess(Process process, ErrorLines errors) {
    this.process = process;
    this.errors = errors;
    this.drained = threads.submit(() -> drain(process.getErrorStream(), errors));
  }

  /**
   * Starts a program.
   *
   * @param source the argument that names what it reads; hidden in its error messages
   * @throws ProcessingException {@code DECODER_MISSING} if there is no such program, or the system
   *     starts none now
   */
  static ChildProcess start(List<String> command, String source) throws ProcessingException {
    return start(command, new ErrorLines(source));
  }

  /**
   * Starts a program.
   *
   * @param errors takes what it says on its standard error
   * @throws ProcessingException {@code DECODER_MISSING} if there is no such program
   */
  static ChildProcess start(List<String> command, ErrorLines errors) throws ProcessingException {
    ProcessBuilder builder =
        new ProcessBuilder(ChildSession.wrap(command)).redirectInput(new File("/dev/null"));
    Map<String, String> environment = builder.environment();
    environment.remove("FFREPORT");
    environment.remove("AV_LOG_FORCE_COLOR");
    environment.put("AV_LOG_FORCE_NOCOLOR", "1");
    try {
      return new ChildProcess(builder.start(), errors);
    } catch (IOException e) {
      throw notStarted(command.get(0), e);
    }
  }

  /** A program that is there is not started where files, processes or memory are used up. */
  static ProcessingException notStarted(String program, IOException failure) {
    String limit = LIMITS.stream().filter(text -> names(failure, text)).findFirst().orElse(null);
    return limit == null
        ? new ProcessingException(
            FailureCode.DECODER_MISSING,
            "Expected the program '" + program + "', found none that can be started",
            "Install ffmpeg (on Debian: apt install ffmpeg), or set ffmpeg.path and ffprobe.path",
            failure)
        : new ProcessingException(
            FailureCode.DECODER_MISSING,
            "The system did not start the program '" + program + "': " + limit,
            "Allow this program more open files, processes or memory (LimitNOFILE, TasksMax and"
                + " MemoryMax of its service)",
            failure);
  }

  private static boolean names(IOException failure, String text) {
    Throwable cause = failure.getCause();
    return String.valueOf(failure.getMessage()).contains(text)
        || (cause != null && String.valueOf(cause.getMessage()).contains(text));
  }

  /** Does {@code work} on the child's standard output, in a thread that ends with the child. */
  <T> Future<T> onOutput(OutputWork<T> work) {
    return threads.submit(() -> work.apply(process.getInputStream()));
  }

  /** The exit code; comes when the child has ended and all it said was read. */
  Future<Integer> exit() {
    return threads.submit(
        () -> {
          int code = process.waitFor();
          drained.get();
          return code;
        });
  }

  ErrorLines errors() {
    return errors;
  }

  /** Ends the child by force and waits for its end. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      if (!process.waitFor(REAP_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Ending a child process failed; it is left behind pid={}", process.pid());
      }
      // its pipes are at their end now, so what reads them ends by itself; the rest is interrupted
      drained.get(REAP_SECONDS, TimeUnit.SECONDS);
      threads.shutdownNow();
      threads.awaitTermination(REAP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Draining a child process failed; its last words are lost", e);
    } finally {
      threads.shutdownNow();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean drain(InputStream stream, ErrorLines errors) throws IOException {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      int next = reader.read();
      while (next >= 0) {
        if (next == '\n' || next == '\r') {
          errors.add(line.toString());
          line.setLength(0);
        } else if (line.length() < MAX_LINE) {
          line.append((char) next);
        }
        next = reader.read();
      }
      errors.add(line.toString());
      return true;
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "decode-child");
    thread.setDaemon(true);
    return thread;
  }

  /** Something done with what a child writes. */
  @FunctionalInterface
  interface OutputWork<T> {
    T apply(InputStream output) throws IOException, ProcessingException;
  }
}
