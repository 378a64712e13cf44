package io.maie.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.asr.transducer.EncodedFrames;
import org.assertj.core.data.Offset;

/** Encoded frames by the sums of their numbers, which references give. */
public final class FrameSums {
  private FrameSums() {}

  /** Asserts that there are as many frames as {@code expected} sums, and that each has its own. */
  public static void assertSums(EncodedFrames frames, JsonNode expected, Offset<Double> offset) {
    assertThat(frames.count()).isEqualTo(expected.size());
    for (int frame = 0; frame < frames.count(); frame++) {
      double sum = 0;
      for (float value : frames.rows(frame, 1)) {
        sum += value;
      }
      assertThat(sum).as("frame %d", frame).isCloseTo(expected.get(frame).asDouble(), offset);
    }
  }
}
