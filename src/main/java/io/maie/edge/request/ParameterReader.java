package io.maie.edge.request;

import io.maie.edge.request.StrictDocument.Syntax;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters wherever people write them: the one validator of sidecars, folder profiles,
 * configured defaults and command lines. Never throws for what it reads; problems are values.
 */
public final class ParameterReader {
  /** A longer sidecar or folder profile is refused unread. */
  public static final int MAX_BYTES = 64 * 1024;

  /** More unknown keys are no slips of the finger, and need no advice one by one. */
  private static final int MOST_UNKNOWN_KEYS = 20;

  /** Longer keys are shortened where they are reported. */
  private static final int LONGEST_KEY = 60;

  /** The key that only folder profiles have. */
  private static final String SIDECAR = "sidecar";

  private static final List<String> SIDECAR_WORDS = List.of("optional", "required");

  private ParameterReader() {}

  /** Reads {@code <recording>.job.json}. */
  public static ParameterLayer readSidecar(String name, byte[] bytes) {
    return read(name, StrictDocument.read(name, bytes, Syntax.JSON, MAX_BYTES), false);
  }

  /** Reads {@code _folder.yaml}, which may also say whether a sidecar must come. */
  public static ParameterLayer readFolderProfile(String name, byte[] bytes) {
    return read(name, StrictDocument.read(name, bytes, Syntax.YAML, MAX_BYTES), true);
  }

  /**
   * Checks values that were read already.
   *
   * @param name how the layer is called
   * @param values as {@link StrictDocument} gives them
   * @param where the place of a key, for problems
   */
  public static ParameterLayer check(
      String name, Map<String, ? extends @Nullable Object> values, UnaryOperator<String> where) {
    Reading reading = new Reading(where, new ArrayList<>(), new EnumMap<>(ParameterKey.class));
    values.forEach(reading::take);
    return new ParameterLayer(name, reading.values, reading.problems, false);
  }

  private static ParameterLayer read(String name, StrictDocument document, boolean isFolder) {
    Reading reading =
        new Reading(
            document::where,
            new ArrayList<>(document.problems()),
            new EnumMap<>(ParameterKey.class));
    document
        .root()
        .forEach(
            (key, value) -> {
              if (!(isFolder && key.equals(SIDECAR))) {
                reading.take(key, value);
              }
            });
    boolean required = isFolder && sidecarRequired(document, reading);
    return new ParameterLayer(name, reading.values, reading.problems, required);
  }

  private static boolean sidecarRequired(StrictDocument document, Reading reading) {
    if (!document.root().containsKey(SIDECAR)) {
      return false;
    }
    @Nullable Object value = document.root().get(SIDECAR);
    if (!(value instanceof String word) || !SIDECAR_WORDS.contains(word)) {
      reading.report(
          SIDECAR, "expected one of " + SIDECAR_WORDS + ", found " + Findings.describe(value));
    }
    return "required".equals(value);
  }

  /** One pass over a document. */
  private record Reading(
      UnaryOperator<String> where,
      List<Problem> problems,
      Map<ParameterKey, @Nullable Object> values) {

    void take(String key, @Nullable Object value) {
      ParameterKey.of(key).ifPresentOrElse(known -> check(known, value), () -> reportUnknown(key));
    }

    private void reportUnknown(String key) {
      if (problems.size() < MOST_UNKNOWN_KEYS) {
        String shown = key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY) + "...";
        String near = DidYouMean.suggestion(key, ParameterKey.labels());
        String advice = near.isEmpty() ? "; known are " + ParameterKey.labels() : near;
        problems.add(new Problem(where.apply(key), shown, "unknown key" + advice));
      } else if (problems.size() == MOST_UNKNOWN_KEYS) {
        report("", "more unknown keys than can be listed");
      }
    }

    private void check(ParameterKey key, @Nullable Object raw) {
      Findings findings = new Findings((place, text) -> report(key.label() + place, text));
      @Nullable Object value = key.check().check(raw, findings);
      if (findings.isEmpty()) {
        values.put(key, value);
      }
    }

    void report(String field, String sentence) {
      problems.add(new Problem(where.apply(field), field, sentence));
    }
  }
}
