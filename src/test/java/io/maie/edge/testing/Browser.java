package io.maie.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Headless Chromium with a profile of its own and a microphone that beeps. */
public final class Browser implements AutoCloseable {
  /** A name that leads to this machine, and that browsers take for that of another one. */
  public static final String PLAIN_NAME = "recorder.test";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final long STOP_SECONDS = 10;

  /** Holds, once it listens, its port and the path of the connection. */
  private static final String PORT_FILE = "DevToolsActivePort";

  private final Process process;
  private final DevTools tools;

  private Browser(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /**
   * Starts it; the calling test is skipped, with a reason, where it is not installed.
   *
   * @param profile an empty folder
   */
  public static Browser start(Path profile) throws IOException {
    Path program = ExternalProgram.require("chromium");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of("--headless=new", "--no-first-run", "--disable-gpu", "--mute-audio"));
    // as root, and where no sandbox can be made, it does not start with one
    command.addAll(List.of("--no-sandbox", "--disable-dev-shm-usage"));
    command.addAll(List.of("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"));
    command.add("--host-resolver-rules=MAP " + PLAIN_NAME + " 127.0.0.1");
    command.addAll(List.of("--remote-debugging-port=0", "--user-data-dir=" + profile));
    command.add("about:blank");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("browser.log").toFile())
            .start();
    Path portFile = profile.resolve(PORT_FILE);
    await()
        .atMost(START_LIMIT)
        .until(() -> Files.exists(portFile) && Files.readAllLines(portFile, UTF_8).size() == 2);
    List<String> lines = Files.readAllLines(portFile, UTF_8);
    URI address = URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
    return new Browser(process, new DevTools(address));
  }

  /** A page that shares nothing, such as cookies, with others. */
  public BrowserPage newPage() {
    String context =
        tools.send(null, "Target.createBrowserContext", Map.of()).path("browserContextId").asText();
    String target =
        tools
            .send(
                null,
                "Target.createTarget",
                Map.of("url", "about:blank", "browserContextId", context))
            .path("targetId")
            .asText();
    String session =
        tools
            .send(null, "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .path("sessionId")
            .asText();
    return new BrowserPage(tools, context, session);
  }

  @Override
  public void close() {
    tools.close();
    // its children write into the profile until they end
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    process.destroy();
    CompletableFuture<?> end =
        CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      end.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (ExecutionException | TimeoutException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      end.completeOnTimeout(null, STOP_SECONDS, TimeUnit.SECONDS).join();
    }
  }
}
