package io.maie.edge.onnx;

import static java.util.Objects.requireNonNull;

import ai.onnxruntime.OrtException;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.time.Ticker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A handle on one model file, handed out by {@link OnnxRuntime} and valid until that is closed. The
 * model is opened when first used, gives its memory back when it was idle for long, and opens again
 * on the next use. Runs on the same handle take turns.
 */
public final class OnnxModel {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxModel.class);

  private final String name;
  private final Path file;
  private final ModelUse use;
  private final OnnxOptions options;
  private final Ticker ticker;
  private final RunClock clock;

  /** Held while the session is opened, used or closed; guards the fields below. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable OpenSession session;

  /** Set once; read without the lock. */
  private volatile @Nullable Signature signature;

  private long lastUsedNanos;
  private boolean closed;

  OnnxModel(String name, Path file, ModelUse use, OnnxOptions options, Ticker ticker) {
    this.name = requireNonNull(name, "name is null");
    this.file = requireNonNull(file, "file is null");
    this.use = requireNonNull(use, "use is null");
    this.options = requireNonNull(options, "options is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
    clock = new RunClock(ticker);
  }

  public String name() {
    return name;
  }

  public Path file() {
    return file;
  }

  /**
   * The inputs of the model in its own order; opens it if nobody has yet.
   *
   * @throws ProcessingException {@code MODEL_MISSING} or {@code MODEL_LOAD_ERROR}
   */
  public List<TensorShape> inputs() throws ProcessingException {
    return signature().inputs();
  }

  /** The outputs of the model in its own order; opens it if nobody has yet. */
  public List<TensorShape> outputs() throws ProcessingException {
    return signature().outputs();
  }

  /** The device on which the model computes, CPU or CUDA; opens the model if it is not open. */
  public Device device() throws ProcessingException {
    return using(OpenSession::device, Map.of());
  }

  /** Runs the model for all its outputs. The inputs remain the caller's. */
  public Outputs run(Map<String, Tensor> inputs) throws ProcessingException {
    return using(open -> open.run(inputs, Set.of()), inputs);
  }

  /** Runs the model for some of its outputs; the others are not returned. */
  public Outputs run(Map<String, Tensor> inputs, Set<String> outputs) throws ProcessingException {
    return using(open -> open.run(inputs, outputs), inputs);
  }

  /**
   * Runs the model and writes its outputs into the given tensors, which have exactly their shapes;
   * allocates nothing that lasts. No tensor may be input and output at once.
   */
  public void runInto(Map<String, Tensor> inputs, Map<String, Tensor> outputs)
      throws ProcessingException {
    runInto(inputs, outputs, WorkingMemory.KEPT);
  }

  /** The same, with a choice of what becomes of the memory in which the run computes. */
  public void runInto(Map<String, Tensor> inputs, Map<String, Tensor> outputs, WorkingMemory memory)
      throws ProcessingException {
    using(
        open -> {
          open.runInto(inputs, outputs, memory);
          return this;
        },
        inputs);
  }

  /** Since this handle was made, however often the model was unloaded. Waits for a run to end. */
  public RunTimes runTimes() {
    lock.lock();
    try {
      return clock.times();
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the model is in memory now. */
  boolean isOpen() {
    lock.lock();
    try {
      return session != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Closes the session if nobody has used it for {@code limit}; never waits for a run.
   *
   * @return whether it was closed
   */
  boolean unloadIfIdle(Duration limit) throws OrtException {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      boolean idle = ticker.nanos() - lastUsedNanos >= limit.toNanos();
      if (session == null || !idle) {
        return false;
      }
      closeSession();
      LOG.debug(
          "Unloaded an idle model model={} runs={} run_millis={}",
          name,
          clock.times().runs(),
          clock.times().total().toMillis());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a run to end and closes for good; further calls do nothing. */
  void close() throws OrtException {
    lock.lock();
    try {
      closed = true;
      closeSession();
    } finally {
      lock.unlock();
    }
  }

  private void closeSession() throws OrtException {
    OpenSession open = session;
    session = null;
    if (open != null) {
      open.close();
    }
  }

  private Signature signature() throws ProcessingException {
    Signature known = signature;
    if (known == null) {
      known = using(open -> new Signature(open.inputs(), open.outputs()), Map.of());
      signature = known;
    }
    return known;
  }

  private <T> T using(SessionWork<T> work, Map<String, Tensor> inputs) throws ProcessingException {
    lock.lock();
    try {
      OpenSession open = openedSession();
      return work.apply(open);
    } catch (OrtException e) {
      throw NativeFailures.onRun(name, use, inputs, e);
    } finally {
      lastUsedNanos = ticker.nanos();
      lock.unlock();
    }
  }

  private OpenSession openedSession() throws ProcessingException {
    if (closed) {
      throw new IllegalStateException("model '" + name + "' is used after its runtime was closed");
    }
    OpenSession open = session;
    if (open == null) {
      open = load();
      session = open;
    }
    return open;
  }

  private OpenSession load() throws ProcessingException {
    long begin = ticker.nanos();
    try {
      OpenSession open = OpenSession.open(file, options, use, clock);
      LOG.debug(
          "Opened a model model={} device={} millis={}",
          name,
          open.device(),
          (ticker.nanos() - begin) / 1_000_000);
      return open;
    } catch (OrtException e) {
      throw NativeFailures.onLoad(name, file, e);
    }
  }

  @Override
  public String toString() {
    return "OnnxModel[" + name + "]";
  }

  /** Inputs and outputs of a model; stay the same when it is unloaded. */
  private record Signature(List<TensorShape> inputs, List<TensorShape> outputs) {}

  /** Something done with an open session. */
  @FunctionalInterface
  private interface SessionWork<T> {
    T apply(OpenSession session) throws OrtException;
  }
}
