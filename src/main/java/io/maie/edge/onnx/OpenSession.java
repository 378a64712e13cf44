package io.maie.edge.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.maie.edge.failure.ProcessingException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model in memory. Native exceptions leave this class as they are. */
final class OpenSession {
  private static final Logger LOG = LoggerFactory.getLogger(OpenSession.class);

  /** The option of a run that names the memory to give back when it ends. */
  private static final String SHRINKING = "memory.enable_memory_arena_shrinkage";

  /** The time for which a thread keeps its core while it waits for the next operator. */
  private static final String SPIN_MICROS = "20";

  private final OrtSession session;

  /** Must outlive the session. */
  private final OrtSession.SessionOptions settings;

  private final Device device;
  private final RunClock clock;

  private OpenSession(
      OrtSession session, OrtSession.SessionOptions settings, Device device, RunClock clock) {
    this.session = session;
    this.settings = settings;
    this.device = device;
    this.clock = clock;
  }

  static OpenSession open(Path file, OnnxOptions options, ModelUse use, RunClock clock)
      throws OrtException, ProcessingException {
    int threads = Math.min(options.threads(), use.maxThreads());
    if (options.device() == Device.CUDA) {
      Cuda.requireUsable();
      return open(file, Device.CUDA, threads, use, clock);
    }
    if (options.device() == Device.AUTO && Cuda.isUsable()) {
      try {
        return open(file, Device.CUDA, threads, use, clock);
      } catch (OrtException e) {
        LOG.warn("Opening '{}' on the graphics processor failed; the CPU is used", file, e);
      }
    }
    return open(file, Device.CPU, threads, use, clock);
  }

  private static OpenSession open(
      Path file, Device device, int threads, ModelUse use, RunClock clock)
      throws OrtException, ProcessingException {
    OrtSession.SessionOptions settings = new OrtSession.SessionOptions();
    try {
      configure(settings, device, threads, use.spinning());
      return new OpenSession(
          SessionSource.open(file, device, use, settings), settings, device, clock);
    } catch (OrtException | ProcessingException e) {
      settings.close();
      throw e;
    }
  }

  private static void configure(
      OrtSession.SessionOptions settings, Device device, int threads, boolean spinning)
      throws OrtException {
    // without explicit counts ONNX Runtime pins its threads to cores, which a cpuset may forbid
    settings.setIntraOpNumThreads(threads);
    settings.setInterOpNumThreads(1);
    settings.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    // on a small machine a spinning core is taken from somebody: at most within a run, never after
    settings.addConfigEntry("session.intra_op.allow_spinning", spinning ? "1" : "0");
    settings.addConfigEntry("session.force_spinning_stop", "1");
    // else a thread spins through an operator that runs on one thread, or waits for a lost core
    settings.addConfigEntry("session.intra_op.spin_duration_us", SPIN_MICROS);
    // lengths of windows differ, so planning memory by the first one only wastes it
    settings.setMemoryPatternOptimization(false);
    // weights outside the arena, which grows by powers of two
    settings.addConfigEntry("session.use_device_allocator_for_initializers", "1");
    if (device == Device.CUDA) {
      Cuda.configure(settings);
    }
  }

  Device device() {
    return device;
  }

  List<TensorShape> inputs() throws OrtException {
    return shapes(session.getInputInfo().values());
  }

  List<TensorShape> outputs() throws OrtException {
    return shapes(session.getOutputInfo().values());
  }

  private static List<TensorShape> shapes(Collection<NodeInfo> nodes) {
    return nodes.stream()
        .filter(node -> node.getInfo() instanceof TensorInfo)
        .map(node -> shape(node.getName(), (TensorInfo) node.getInfo()))
        .toList();
  }

  private static TensorShape shape(String name, TensorInfo tensor) {
    return new TensorShape(name, ElementType.of(tensor.type), TensorShape.boxed(tensor.getShape()));
  }

  /** Runs the model; {@code names} are the outputs to compute. */
  // The result is not closed: its values pass to the outputs, and it holds nothing else.
  @SuppressWarnings("MustBeClosedChecker")
  Outputs run(Map<String, Tensor> inputs, Set<String> names) throws OrtException {
    Map<String, OnnxTensor> values = values(inputs);
    OrtSession.Result result =
        clock.time(() -> names.isEmpty() ? session.run(values) : session.run(values, names));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, OnnxValue> output : result) {
      if (output.getValue() instanceof OnnxTensor tensor) {
        tensors.put(output.getKey(), new Tensor(tensor));
      } else {
        output.getValue().close();
      }
    }
    return new Outputs(tensors);
  }

  /** Runs the model and leaves its outputs in the given tensors. */
  void runInto(Map<String, Tensor> inputs, Map<String, Tensor> outputs, WorkingMemory memory)
      throws OrtException {
    Map<String, OnnxTensor> from = values(inputs);
    Map<String, OnnxTensor> to = values(outputs);
    try (OrtSession.RunOptions running = new OrtSession.RunOptions()) {
      if (memory == WorkingMemory.GIVEN_BACK && device == Device.CPU) {
        running.addRunConfigEntry(SHRINKING, "cpu:0");
      }
      clock.time(() -> session.run(from, Set.of(), to, running)).close();
    }
  }

  private static Map<String, OnnxTensor> values(Map<String, Tensor> tensors) {
    Map<String, OnnxTensor> values = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> values.put(name, tensor.value()));
    return values;
  }

  void close() throws OrtException {
    try {
      session.close();
    } finally {
      settings.close();
    }
  }
}
