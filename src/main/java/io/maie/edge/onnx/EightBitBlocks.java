package io.maie.edge.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether ONNX Runtime 1.28 has code of its own for this processor that multiplies with 8-bit
 * weights in blocks: on x86-64 with AVX2, on 64-bit ARM with dot products. Elsewhere it turns all
 * weights into floats at every run, which takes several times as long as any other way.
 *
 * <p>The answer depends on nothing but the processor, so that a machine computes the same at every
 * start, which a measurement could not promise.
 */
final class EightBitBlocks {
  private static final Logger LOG = LoggerFactory.getLogger(EightBitBlocks.class);

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** Features of processors, as Linux names them on x86-64 and on 64-bit ARM. */
  private static final Set<String> ENOUGH = Set.of("avx2", "asimddp");

  private static final Set<String> LISTS = Set.of("flags", "Features");

  private EightBitBlocks() {}

  static boolean areFast() {
    try {
      return areFast(Files.readAllLines(PROCESSORS, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      LOG.debug("The processor is not known: 8-bit weights are used as the model has them", e);
      return false;
    }
  }

  /**
   * Returns whether all processors have what is needed.
   *
   * @param processors the lines of {@code /proc/cpuinfo}
   */
  static boolean areFast(List<String> processors) {
    List<String> lists =
        processors.stream().filter(line -> LISTS.contains(line.split(":", 2)[0].strip())).toList();
    return !lists.isEmpty()
        && lists.stream()
            .allMatch(list -> Arrays.stream(list.split("\\s+")).anyMatch(ENOUGH::contains));
  }
}
