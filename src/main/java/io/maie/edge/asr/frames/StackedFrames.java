package io.maie.edge.asr.frames;

import io.maie.edge.dsp.FeatureMatrix;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.ManifestSection;
import java.util.List;
import java.util.Optional;

/**
 * Features of a low frame rate: several frames side by side, moved and scaled, as the models of
 * FunASR take them. The section {@code stack} of a front end.
 *
 * @param frames side by side, 1 or more
 * @param shift frames between two stacks, 1 or more
 * @param offsets added to each number of a stack; empty = none
 * @param factors multiplied with the sums; as many as {@code offsets}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StackedFrames(int frames, int shift, float[] offsets, float[] factors) {

  /** Reads the section, if there is one. */
  static Optional<StackedFrames> read(ManifestSection parent) throws ProcessingException {
    if (!parent.has("stack")) {
      return Optional.empty();
    }
    ManifestSection section = parent.section("stack");
    section.requireOnly("frames", "shift", "offsets", "factors");
    int frames = section.integer("frames");
    int shift = section.integer("shift");
    float[] offsets = section.has("offsets") ? floats(section.numbers("offsets")) : new float[0];
    float[] factors = section.has("factors") ? floats(section.numbers("factors")) : new float[0];
    if (frames < 1 || shift < 1) {
      throw section.invalid("frames", "1 or more, with a shift of 1 or more");
    }
    int numbers = offsets.length == 0 ? 0 : frames * parent.integer("bands");
    if (offsets.length != numbers || factors.length != numbers) {
      throw section.invalid(
          "offsets", "offsets and factors for each number of a stack, or neither");
    }
    return Optional.of(new StackedFrames(frames, shift, offsets, factors));
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }

  /** The features of a low frame rate. */
  FeatureMatrix of(FeatureMatrix features) {
    FeatureMatrix stacked = features.stacked(frames, shift);
    if (offsets.length > 0) {
      stacked.shiftAndScale(offsets, factors);
    }
    return stacked;
  }
}
