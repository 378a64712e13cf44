package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.Disk;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a stage remembers as files of its task.
 *
 * @param attempts earlier ones at the task
 */
record FileCheckpoint(TaskFolder folder, Stage stage, List<Attempt.Ended> attempts)
    implements Checkpoint {
  private static final Logger LOG = LoggerFactory.getLogger(FileCheckpoint.class);

  /** Length of the file that names the step; more than any stage and step have. */
  private static final int STEP_BYTES = 160;

  FileCheckpoint {
    requireNonNull(folder, "folder is null");
    requireNonNull(stage, "stage is null");
    attempts = List.copyOf(attempts);
  }

  @Override
  public Optional<byte[]> load(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void save(String name, byte[] value) throws IOException {
    DurableFiles.createDirectories(folder.checkpoints());
    DurableFiles.writeAtomically(file(name), value);
  }

  /** Worth no flush: a power cut is not blamed on a step. */
  @Override
  public void begin(String step) {
    try {
      Disk.overwrite(folder.step(), mark(step).getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      LOG.debug("Writing the step failed; the task continues: {}", e.toString());
    }
  }

  @Override
  public int crashes(String step) {
    return (int) crashedSteps().filter(named -> named.startsWith(step)).count();
  }

  @Override
  public int repeatedCrashes() {
    Map<String, Long> counts =
        crashedSteps().collect(Collectors.groupingBy(step -> step, Collectors.counting()));
    return (int) counts.values().stream().filter(count -> count > 1).count();
  }

  /** A step for each crash in this stage that happened in a step. */
  private Stream<String> crashedSteps() {
    return attempts.stream()
        .filter(attempt -> attempt.how().isCrash())
        .filter(attempt -> attempt.stage().filter(stage.label()::equals).isPresent())
        .flatMap(attempt -> attempt.step().stream());
  }

  /** Always of one length, so that it covers the earlier mark. */
  private String mark(String step) {
    String words = stage.label() + " " + step;
    if (words.length() > STEP_BYTES) {
      throw new IllegalArgumentException("expected a few words, found '" + step + "'");
    }
    return words + " ".repeat(STEP_BYTES - words.length());
  }

  private Path file(String name) {
    if (!name.matches("[A-Za-z0-9-]{1,100}")) {
      throw new IllegalArgumentException(
          "expected a name of letters, digits and hyphens, found '" + name + "'");
    }
    return folder.checkpoints().resolve(stage.label() + "." + name);
  }
}
