package io.maie.edge.testing;

import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A checkpoint in memory that a test tells where the program has crashed. */
public final class ScriptedCheckpoint implements Checkpoint {
  private final Map<String, byte[]> values = new HashMap<>();
  private final List<String> crashes = new ArrayList<>();
  private final List<String> begun = new ArrayList<>();

  /** Adds a crash in {@code step}. */
  public ScriptedCheckpoint crashedIn(String step) {
    crashes.add(step);
    return this;
  }

  /** The steps that were begun, in order. */
  public List<String> begun() {
    return List.copyOf(begun);
  }

  /** The number of entries that are kept. */
  public int size() {
    return values.size();
  }

  /** The context of an attempt that nobody watches or stops. */
  public StageContext context() {
    return new StageContext(Progress.disabled(), Cancellation.disabled(), this);
  }

  @Override
  public Optional<byte[]> load(String name) {
    return Optional.ofNullable(values.get(name));
  }

  @Override
  public void save(String name, byte[] value) {
    values.put(name, value);
  }

  @Override
  public void begin(String step) {
    begun.add(step);
  }

  @Override
  public int crashes(String step) {
    return (int) crashes.stream().filter(crashed -> crashed.startsWith(step)).count();
  }

  @Override
  public int repeatedCrashes() {
    return (int)
        crashes.stream()
            .distinct()
            .filter(step -> Collections.frequency(crashes, step) > 1)
            .count();
  }
}
