package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtException;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of models: hands out handles, unloads those that are idle, and closes all of them. The
 * native library itself loads when the first model opens. Thread-safe.
 */
public final class OnnxRuntime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

  /** The number of looks at idle models within one idle limit. */
  private static final int LOOKS_PER_LIMIT = 10;

  private static final Duration SHORTEST_LOOK = Duration.ofSeconds(1);

  private final OnnxOptions options;
  private final Ticker ticker;

  /** Handles in the order they were made; guarded by itself. */
  private final Map<Key, OnnxModel> models = new LinkedHashMap<>();

  /** Runs nothing until {@link #start}. */
  private final ScheduledExecutorService idleLook =
      Executors.newSingleThreadScheduledExecutor(OnnxRuntime::idleThread);

  public OnnxRuntime(OnnxOptions options, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  /**
   * Starts to look for idle models at intervals. Without it they stay open until {@link #close}.
   *
   * @param whenAllUnloaded run after a look that unloaded the last open model
   */
  // a look logs its own failures, and close() ends the looks
  @SuppressWarnings("FutureReturnValueIgnored")
  public void start(Runnable whenAllUnloaded) {
    if (options.idleUnload().isZero()) {
      return;
    }
    Duration tenth = options.idleUnload().dividedBy(LOOKS_PER_LIMIT);
    long millis = Math.max(tenth.toMillis(), SHORTEST_LOOK.toMillis());
    idleLook.scheduleWithFixedDelay(
        () -> look(whenAllUnloaded), millis, millis, TimeUnit.MILLISECONDS);
  }

  private void look(Runnable whenAllUnloaded) {
    if (unloadIdle()) {
      whenAllUnloaded.run();
    }
  }

  /** A handle on a speech recognition model. */
  public OnnxModel model(String name, Path file) {
    return model(name, file, ModelUse.RECOGNITION);
  }

  /**
   * The handle on {@code file}: the same one for the same arguments until the file is replaced by
   * another. Then the handle on the one before is closed, and a new one made. Opens nothing yet.
   *
   * @param name the name of the model for people; used in messages
   */
  public OnnxModel model(String name, Path file, ModelUse use) {
    Path normal = file.toAbsolutePath().normalize();
    Key key = new Key(name, normal, use, FileStamp.of(normal));
    synchronized (models) {
      models.keySet().stream().filter(key::displaces).toList().forEach(this::forget);
      return models.computeIfAbsent(
          key, k -> new OnnxModel(k.name(), k.file(), k.use(), options, ticker));
    }
  }

  private void forget(Key displaced) {
    OnnxModel model = requireNonNull(models.remove(displaced), "displaced is there");
    try {
      model.close();
    } catch (OrtException e) {
      LOG.warn("Closing failed; the model's memory may be lost model={}", model.name(), e);
    }
  }

  /**
   * The version of the native library, such as {@code 1.28.0}; loads it if that has not happened.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if the library does not load
   */
  public String version() throws ProcessingException {
    return NativeLibrary.environment().getVersion();
  }

  /**
   * The device on which models compute, as far as it is known before one is opened: CPU or CUDA.
   */
  public Device device() {
    return options.device() == Device.AUTO
        ? Cuda.isUsable() ? Device.CUDA : Device.CPU
        : options.device();
  }

  /**
   * Returns whether this processor multiplies with 8-bit weights in blocks faster than with floats;
   * says the same at every start.
   */
  public static boolean multipliesBlocksFast() {
    return EightBitBlocks.areFast();
  }

  public OnnxOptions options() {
    return options;
  }

  /** The runs of a file so far, by all handles on it. */
  public RunTimes runTimes(Path file) {
    Path normal = file.toAbsolutePath().normalize();
    RunTimes all = new RunTimes(0, Duration.ZERO);
    for (OnnxModel model : snapshot()) {
      if (model.file().equals(normal)) {
        all = all.plus(model.runTimes());
      }
    }
    return all;
  }

  /**
   * Gives back the memory of models that were idle for longer than the limit.
   *
   * @return whether the last one that was open has been unloaded just now
   */
  public boolean unloadIdle() {
    boolean anyUnloaded = false;
    for (OnnxModel model : snapshot()) {
      anyUnloaded |= unload(model, options.idleUnload());
    }
    return anyUnloaded && snapshot().stream().noneMatch(OnnxModel::isOpen);
  }

  /**
   * Gives back the memory of the models whose files lie in {@code folder}, but of those that run.
   */
  public void unload(Path folder) {
    Path normal = folder.toAbsolutePath().normalize();
    for (OnnxModel model : snapshot()) {
      if (model.file().startsWith(normal)) {
        unload(model, Duration.ZERO);
      }
    }
  }

  private static boolean unload(OnnxModel model, Duration idle) {
    try {
      return model.unloadIfIdle(idle);
    } catch (OrtException e) {
      LOG.warn("Unloading failed; the model's memory may be lost model={}", model.name(), e);
      return false;
    }
  }

  /**
   * Closes every model, the last one made first, and waits for runs that are under way. Further
   * calls do nothing.
   *
   * @throws IllegalStateException if a session did not close; the others have closed then
   */
  @Override
  public void close() {
    idleLook.shutdownNow();
    List<OnnxModel> open = snapshot();
    IllegalStateException failure = null;
    for (int i = open.size() - 1; i >= 0; i--) {
      try {
        open.get(i).close();
      } catch (OrtException e) {
        IllegalStateException next = new IllegalStateException("closing " + open.get(i), e);
        if (failure == null) {
          failure = next;
        } else {
          failure.addSuppressed(next);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private List<OnnxModel> snapshot() {
    synchronized (models) {
      return new ArrayList<>(models.values());
    }
  }

  private static Thread idleThread(Runnable work) {
    Thread thread = new Thread(work, "onnx-idle");
    thread.setDaemon(true);
    return thread;
  }

  /** Key under which two requests are the same. */
  private record Key(String name, Path file, ModelUse use, FileStamp stamp) {

    boolean displaces(Key other) {
      return file.equals(other.file) && !stamp.equals(other.stamp);
    }
  }
}
