package io.maie.edge.request;

import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Findings;
import io.maie.edge.schema.Key;
import io.maie.edge.schema.Problem;
import io.maie.edge.schema.StrictDocument;
import io.maie.edge.schema.StrictDocument.Syntax;
import io.maie.edge.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads parameters wherever people write them: the one validator of sidecars, folder profiles,
 * configured defaults and command lines. Never throws for the content; problems are values.
 */
public final class ParameterReader {
  /** A longer sidecar or folder profile is refused unread. */
  public static final int MAX_BYTES = 64 * 1024;

  /** The most unknown keys that get advice of their own; more are no slips of the finger. */
  private static final int MOST_UNKNOWN_KEYS = 20;

  /** Longer keys are shortened where they are reported. */
  private static final int LONGEST_KEY = 60;

  private ParameterReader() {}

  /** Reads {@code <recording>.job.json}. */
  public static ParameterLayer readSidecar(String name, byte[] bytes) {
    StrictDocument document = StrictDocument.read(name, bytes, Syntax.JSON, MAX_BYTES);
    return new Reading(document::where, document.problems(), Map.of()).of(name, document.root());
  }

  /** Reads {@code _folder.yaml}, which may also say the {@link FolderRules}. */
  public static ParameterLayer readFolderProfile(String name, byte[] bytes) {
    StrictDocument document = StrictDocument.read(name, bytes, Syntax.YAML, MAX_BYTES);
    return new Reading(document::where, document.problems(), FolderRules.BY_NAME)
        .of(name, document.root());
  }

  /**
   * Checks values that were read already.
   *
   * @param name the name of the layer
   * @param values as {@link StrictDocument} gives them
   * @param where the place of a key, for problems
   */
  public static ParameterLayer check(
      String name, Map<String, ? extends @Nullable Object> values, UnaryOperator<String> where) {
    return new Reading(where, List.of(), Map.of()).of(name, values);
  }

  /** One pass over a document. */
  private static final class Reading {
    private final UnaryOperator<String> where;
    private final List<Problem> problems;
    private final Map<String, Key<?>> others;
    private final Values values = new Values();

    /**
     * Creates a reading.
     *
     * @param found the problems so far
     * @param others keys that the document may have besides those of parameters
     */
    Reading(UnaryOperator<String> where, List<Problem> found, Map<String, Key<?>> others) {
      this.where = where;
      this.problems = new ArrayList<>(found);
      this.others = others;
    }

    ParameterLayer of(String name, Map<String, ? extends @Nullable Object> document) {
      document.forEach(this::take);
      return new ParameterLayer(name, values, problems);
    }

    private void take(String name, @Nullable Object value) {
      @Nullable Parameter<?> parameter = Parameters.all().get(name);
      @Nullable Key<?> key = parameter == null ? others.get(name) : parameter.key();
      if (key == null) {
        reportUnknown(name);
      } else {
        read(key, value);
      }
    }

    private <T> void read(Key<T> key, @Nullable Object raw) {
      new Findings((part, sentence) -> report(key.name() + part, sentence))
          .read(key.type(), raw)
          .ifPresent(value -> values.put(key, value));
    }

    private void reportUnknown(String key) {
      if (problems.size() < MOST_UNKNOWN_KEYS) {
        String shown = key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY) + "...";
        Set<String> known = Parameters.all().keySet();
        String near = DidYouMean.suggestion(key, known);
        String advice = near.isEmpty() ? "; known are " + known : near;
        problems.add(new Problem(where.apply(key), shown, "unknown key" + advice));
      } else if (problems.size() == MOST_UNKNOWN_KEYS) {
        report("", "more unknown keys than can be listed");
      }
    }

    private void report(String field, String sentence) {
      problems.add(new Problem(where.apply(field), field, sentence));
    }
  }
}
