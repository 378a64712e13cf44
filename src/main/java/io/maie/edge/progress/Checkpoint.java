package io.maie.edge.progress;

import java.io.IOException;
import java.util.Optional;

/**
 * Keeps for an engine what it would otherwise have to compute again after a restart, and in which
 * step of its work the program went down.
 */
public interface Checkpoint {

  /** The value last saved under {@code name} by this stage of this task. */
  Optional<byte[]> load(String name) throws IOException;

  /**
   * Saves {@code value} so that a crash leaves either it or its predecessor.
   *
   * @param name letters, digits and hyphens
   */
  void save(String name, byte[] value) throws IOException;

  /**
   * Notes that the engine begins with {@code step}, so that a crash from now on is a crash in it.
   *
   * @param step a few words in ASCII; empty if it works on nothing in particular
   */
  default void begin(String step) {}

  /**
   * The number of crashes of the program in steps of this stage of this task.
   *
   * @param step the beginning of the names of the steps that count; empty if all do
   */
  default int crashes(String step) {
    return 0;
  }

  /**
   * The number of steps of this stage of this task in which the program crashed more than once.
   * Steps of all parts of the stage count.
   */
  default int repeatedCrashes() {
    return 0;
  }

  /** Checkpoint of one of several parts of a stage, with names and steps that begin so. */
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

      @Override
      public void begin(String step) {
        all.begin(step.isEmpty() ? "" : prefix + step);
      }

      @Override
      public int crashes(String step) {
        return all.crashes(prefix + step);
      }

      @Override
      public int repeatedCrashes() {
        return all.repeatedCrashes();
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
