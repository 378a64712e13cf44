package io.maie.edge.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.LeanGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a model's file as the graph that needs the least memory and computes the same. */
final class SessionSource {
  private static final Logger LOG = LoggerFactory.getLogger(SessionSource.class);

  /** The option that names the folder of weights to which a model in memory refers. */
  private static final String WEIGHTS_FOLDER =
      "session.model_external_initializers_file_folder_path";

  private SessionSource() {}

  /** On the graphics processor as the file is; on the CPU rewritten, if that works. */
  static OrtSession open(Path file, Device device, ModelUse use, OrtSession.SessionOptions settings)
      throws OrtException, ProcessingException {
    OrtEnvironment environment = NativeLibrary.environment();
    if (device == Device.CPU) {
      for (Set<LeanGraph.Change> changes : changes(use)) {
        try {
          return lean(file, changes, use, settings);
        } catch (IOException | OrtException e) {
          // opening the file as it is reports its own faults
          LOG.debug("A model is not rewritten so file={} changes={}", file, changes, e);
        }
      }
    }
    return environment.createSession(file.toString(), settings);
  }

  /** Sets of changes to try, the best first. */
  private static List<Set<LeanGraph.Change>> changes(ModelUse use) {
    Set<LeanGraph.Change> always =
        EnumSet.of(LeanGraph.Change.TABLES_AS_THEY_LIE, LeanGraph.Change.LOOKED_UP_TABLES);
    // elsewhere ONNX Runtime's attention holds all scores too, in more memory than the exporter's
    if (SecondCache.isKnown()) {
      always.add(LeanGraph.Change.FUSED_ATTENTIONS);
    }
    Set<LeanGraph.Change> all = EnumSet.copyOf(always);
    if (use.crossAttentions()) {
      all.add(LeanGraph.Change.CROSS_ATTENTIONS);
      all.add(LeanGraph.Change.LATE_SCORES);
      all.add(LeanGraph.Change.KNOWN_AUDIO);
    }
    if (use.fastSteps()) {
      all.add(LeanGraph.Change.TURNED_KEYS);
      if (EightBitBlocks.areFast()) {
        all.add(LeanGraph.Change.BLOCK_WEIGHTS);
      }
    }
    return all.equals(always) ? List.of(always) : List.of(all, always);
  }

  private static OrtSession lean(
      Path file, Set<LeanGraph.Change> changes, ModelUse use, OrtSession.SessionOptions settings)
      throws IOException, OrtException, ProcessingException {
    // weights may not lie outside of the folder, and a file that is a link does
    Path real = file.toRealPath();
    byte[] graph = LeanGraph.of(real, changes, use.attentionLayers());
    settings.addConfigEntry(WEIGHTS_FOLDER, real.resolveSibling("").toString());
    return NativeLibrary.environment().createSession(graph, settings);
  }
}
