package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** The whole program as a process of its own, with the models that ship and its API open. */
final class RunningProgram implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("(https?://\\S+/)\\?code=\\S+");
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final long STOP_SECONDS = 20;
  private static final String LOG = "program.log";

  private final Process process;
  private final Path home;
  private final URI link;
  private final URI address;

  private RunningProgram(Process process, Path home, Matcher link) {
    this.process = process;
    this.home = home;
    this.link = URI.create(link.group());
    this.address = URI.create(link.group(1));
  }

  /** Starts {@code run --http} on a free port and waits until it is ready. */
  static RunningProgram start(Path home) throws IOException {
    return start(home, Map.of());
  }

  /** The same with {@code settings} as environment variables. */
  static RunningProgram start(Path home, Map<String, String> settings) throws IOException {
    RunningProgram program = start(home, settings, List.of());
    try {
      program.awaitReady();
      return program;
    } catch (ConditionTimeoutException e) {
      program.close();
      throw e;
    }
  }

  /** The same, started by another program that becomes it; waits for its link only. */
  static RunningProgram start(Path home, Map<String, String> settings, List<String> starter)
      throws IOException {
    List<String> command = new ArrayList<>(starter);
    command.addAll(command("run", "--http", "--home", home.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "MAIE_HTTP__PORT", "0"));
    builder.environment().putAll(settings);
    Path log = home.resolve(LOG);
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    await()
        .atMost(START_LIMIT)
        .until(() -> !process.isAlive() || LINK.matcher(Files.readString(log)).find());
    Matcher link = LINK.matcher(Files.readString(log));
    if (!link.find()) {
      throw new AssertionError("the program did not start: " + Files.readString(log));
    }
    return new RunningProgram(process, home, link);
  }

  /** The command that starts the program of this tree with {@code arguments}. */
  static List<String> command(String... arguments) {
    Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmaie.installation=" + root,
                "-cp",
                System.getProperty("java.class.path"),
                "io.maie.edge.app.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Its checks take longer than its start where others use the processors. */
  private void awaitReady() {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(address.resolve("/ready")).build();
    await()
        .atMost(START_LIMIT)
        .until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 200);
  }

  /** The printed link, which opens a session once. */
  URI link() {
    return link;
  }

  URI address() {
    return address;
  }

  String key() throws IOException {
    return Files.readString(home.resolve("state").resolve("api-key")).strip();
  }

  /** All that it has printed and logged. */
  String log() throws IOException {
    return Files.readString(home.resolve(LOG));
  }

  long pid() {
    return process.pid();
  }

  /** Ends it by SIGKILL, and waits for its end. */
  void kill() throws InterruptedException {
    assertThat(process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
