package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.commons.io.IOUtils;
import org.apache.commons.io.input.BoundedInputStream;

/** Output of a program about itself, bounded in time and size. */
final class ProgramAnswer {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int MAX_BYTES = 64 * 1024;

  private ProgramAnswer() {}

  /**
   * Runs {@code command} and returns its standard output.
   *
   * @throws ProcessingException {@code DECODER_MISSING} if there is no such program
   */
  static String of(List<String> command, Ticker ticker)
      throws ProcessingException, TaskStoppedException, IOException {
    String program = command.get(0);
    StallTimeout stallTimeout = new StallTimeout(ticker, LIMIT, "'" + program + "'");
    try (ChildProcess child = ChildProcess.start(command, program)) {
      byte[] answer =
          stallTimeout.await(
              child.onOutput(
                  output ->
                      IOUtils.toByteArray(
                          BoundedInputStream.builder()
                              .setInputStream(output)
                              .setMaxCount(MAX_BYTES)
                              .get())),
              StallTimeout.Look.stopping(StageContext.disabled(), () -> 0));
      return new String(answer, StandardCharsets.UTF_8);
    }
  }
}
