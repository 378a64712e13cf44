package io.maie.edge.bench;

import io.maie.edge.bench.DiskSequence.Step;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the calls of one recorded task again for another recording in folders of its own, with nothing
 * around them: the same calls in the same order on folders that are as full.
 */
final class BareDisk {
  private final Path home;
  private final List<Step> pattern;
  private final Path recordedHome;
  private final String recordedTask;
  private final String recordedName;

  /**
   * Folders below {@code home} that look like those of the program.
   *
   * @param recordedTask the id of the task that was recorded below {@code recordedHome}
   * @param recordedName the name of its recording
   */
  BareDisk(
      Path home, DiskSequence recorded, Path recordedHome, String recordedTask, String recordedName) {
    this.home = home;
    this.pattern = recorded.steps();
    this.recordedHome = recordedHome;
    this.recordedTask = recordedTask;
    this.recordedName = recordedName;
  }

  /** The calls for the recording {@code name}, ready to be made. */
  List<Step> prepare(String name) {
    List<Step> steps = new ArrayList<>();
    for (Step step : pattern) {
      steps.add(
          new Step(step.call(), here(step.path(), name), here(step.target(), name), step.bytes()));
    }
    return steps;
  }

  private Path here(Path recorded, String name) {
    String relative = recordedHome.relativize(recorded).toString();
    return home.resolve(
        relative.replace(recordedTask, "task-of-" + name).replace(recordedName, name));
  }

  /** Makes the calls; returns the milliseconds that they took. */
  static double run(List<Step> steps) throws IOException {
    byte[] content = new byte[100_000];
    long start = System.nanoTime();
    FileChannel open = null;
    for (Step step : steps) {
      switch (step.call()) {
        case MAKE_FOLDER -> Files.createDirectory(step.path());
        case WRITE -> open = write(step, content, StandardOpenOption.CREATE_NEW);
        case OVERWRITE -> write(step, content, StandardOpenOption.CREATE).close();
        case APPEND ->
            open = write(step, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        case FLUSH -> flush(open);
        case FLUSH_FOLDER -> flush(FileChannel.open(step.path(), StandardOpenOption.READ));
        case RENAME -> Files.move(step.path(), step.target(), StandardCopyOption.ATOMIC_MOVE);
        case LINK -> Files.createLink(step.target(), step.path());
        case DELETE -> Files.delete(step.path());
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static FileChannel write(Step step, byte[] content, StandardOpenOption... how)
      throws IOException {
    List<StandardOpenOption> options = new ArrayList<>(List.of(how));
    options.add(StandardOpenOption.WRITE);
    FileChannel file =
        FileChannel.open(step.path(), options.toArray(StandardOpenOption[]::new));
    file.write(ByteBuffer.wrap(content, 0, step.bytes()));
    return file;
  }

  private static void flush(FileChannel file) throws IOException {
    file.force(true);
    file.close();
  }
}
