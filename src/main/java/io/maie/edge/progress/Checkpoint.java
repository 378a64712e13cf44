package io.maie.edge.progress;

import java.io.IOException;
import java.util.Optional;

/** Keeps for an engine what it would otherwise have to compute again after a restart. */
public interface Checkpoint {

  /** The value last saved under {@code name} by this stage of this task. */
  Optional<byte[]> load(String name) throws IOException;

  /**
   * Saves {@code value} so that a crash leaves either it or its predecessor.
   *
   * @param name letters, digits and hyphens
   */
  void save(String name, byte[] value) throws IOException;

  /** Checkpoint of one of several parts of a stage, with names of its own that begin so. */
  default Checkpoint within(String prefix) {
    Checkpoint all = this;
    return new Checkpoint() {
      @Override
      public Optional<byte[]> load(String name) throws IOException {
        return all.load(prefix + name);
      }

      @Override
      public void save(String name, byte[] value) throws IOException {
        all.save(prefix + name, value);
      }
    };
  }

  /** Forgets everything. */
  static Checkpoint disabled() {
    return new Checkpoint() {
      @Override
      public Optional<byte[]> load(String name) {
        return Optional.empty();
      }

      @Override
      public void save(String name, byte[] value) {}
    };
  }
}
