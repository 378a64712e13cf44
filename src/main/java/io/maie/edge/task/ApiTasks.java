package io.maie.edge.task;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.FileSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Turns recordings sent to the local API into tasks.
 *
 * <p>File contract: a task and its folder are there before the first byte of its recording, which
 * arrives under another name. The recording takes its name when it is complete and flushed and its
 * parameters lie beside it. A crash before that leaves a task without a recording, which recovery
 * removes; a crash after it leaves a task that recovery goes on with.
 */
public final class ApiTasks {
  private static final String ARRIVING = "arriving";

  private final TaskStore store;
  private final TaskIds ids;
  private final InstantSource clock;

  public ApiTasks(TaskStore store, TaskIds ids, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A recording that arrives.
   *
   * @param folder where its bytes may be written meanwhile, under any name
   */
  public record Arriving(String id, Path folder) {}

  /** Makes the folder of a new task. */
  public Arriving begin() throws IOException {
    Task task = arriving(ids.next());
    store.create(task);
    return new Arriving(task.id(), store.folder(task).path());
  }

  /**
   * Makes a task of a recording that has arrived whole.
   *
   * @param bytes the recording, in the folder of the task
   * @param sent the parameters that came with it
   * @return the task, ready to be processed
   */
  public Task complete(Arriving arriving, Path bytes, SentRecording sent) throws IOException {
    TaskSource source =
        TaskSource.of(Path.of(sent.name()), FileSignature.of(bytes), sent.intake())
            .withRequest(sent.request());
    Task task = new Task.Claimed(received(arriving.id(), source).withPriority(sent.priority()));
    TaskFolder folder = store.folder(task);
    DurableFiles.forceFile(bytes);
    DurableFiles.write(folder.sidecar(), sent.parameters().getBytes(UTF_8));
    store.save(task);
    DurableFiles.rename(bytes, folder.input(task));
    return task;
  }

  /** Removes a task whose recording did not arrive. */
  public void abandon(Arriving arriving) throws IOException {
    store.remove(arriving(arriving.id()));
  }

  /** The folder of the tasks. */
  public Path folder() {
    return store.path();
  }

  /** The task of that id, as long as it has not ended. */
  public Optional<Task> find(String id) throws IOException {
    return store.find(id);
  }

  /** The tasks sent to the API that have not ended, oldest first. */
  public List<Task> open() throws IOException {
    return store.peek().stream().filter(task -> task.source().intake().isApi()).toList();
  }

  private Task arriving(String id) {
    FileSignature nothing = new FileSignature(0, 0, 0, 0, 0);
    return new Task.Claimed(received(id, TaskSource.of(Path.of(ARRIVING), nothing, Intake.API)));
  }

  private TaskFacts received(String id, TaskSource source) {
    return TaskFacts.received(id, source, clock.instant());
  }

  /**
   * Recording as it was sent.
   *
   * @param name the sender's name for it: one plain file name
   * @param parameters the content of a sidecar, JSON
   * @param priority the priority that the parameters give it
   * @param request the id of the request that brought it
   */
  public record SentRecording(
      String name, String parameters, int priority, Intake intake, String request) {
    public SentRecording {
      requireNonNull(parameters, "parameters is null");
      requireNonNull(intake, "intake is null");
      requireNonNull(request, "request is null");
      if (Path.of(name).getNameCount() != 1 || !FileNames.text(Path.of(name)).equals(name)) {
        throw new IllegalArgumentException("expected one file name, found '" + name + "'");
      }
    }
  }
}
