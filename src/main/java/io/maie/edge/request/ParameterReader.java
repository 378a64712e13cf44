package io.maie.edge.request;

import io.maie.edge.request.FolderRules.Companions;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.schema.Findings;
import io.maie.edge.schema.Problem;
import io.maie.edge.schema.StrictDocument;
import io.maie.edge.schema.StrictDocument.Syntax;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
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

  /** Keys that only folder profiles have, and what they take. */
  private static final String SIDECAR = "sidecar";

  private static final List<String> SIDECAR_WORDS = List.of("optional", "required");

  private static final String COMPANIONS = "companions";

  private static final List<String> COMPANION_WORDS =
      Arrays.stream(Companions.values()).map(Companions::label).toList();

  private static final Set<String> FOLDER_KEYS = Set.of(SIDECAR, COMPANIONS);

  private ParameterReader() {}

  /** Reads {@code <recording>.job.json}. */
  public static ParameterLayer readSidecar(String name, byte[] bytes) {
    return read(name, StrictDocument.read(name, bytes, Syntax.JSON, MAX_BYTES), false);
  }

  /** Reads {@code _folder.yaml}, which may also say the {@link FolderRules}. */
  public static ParameterLayer readFolderProfile(String name, byte[] bytes) {
    return read(name, StrictDocument.read(name, bytes, Syntax.YAML, MAX_BYTES), true);
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
    Reading reading = new Reading(where, new ArrayList<>(), new EnumMap<>(ParameterKey.class));
    values.forEach(reading::take);
    return new ParameterLayer(name, reading.values, reading.problems, FolderRules.DEFAULTS);
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
              if (!(isFolder && FOLDER_KEYS.contains(key))) {
                reading.take(key, value);
              }
            });
    FolderRules rules = isFolder ? folderRules(document, reading) : FolderRules.DEFAULTS;
    return new ParameterLayer(name, reading.values, reading.problems, rules);
  }

  private static FolderRules folderRules(StrictDocument document, Reading reading) {
    String sidecar = folderWord(document, reading, SIDECAR, SIDECAR_WORDS);
    String companions = folderWord(document, reading, COMPANIONS, COMPANION_WORDS);
    return new FolderRules(
        sidecar.equals("required"),
        List.of(Companions.values()).get(COMPANION_WORDS.indexOf(companions)));
  }

  /** The word said for a key, or the first of {@code words} if none or a wrong one is said. */
  private static String folderWord(
      StrictDocument document, Reading reading, String key, List<String> words) {
    if (!document.root().containsKey(key)) {
      return words.get(0);
    }
    @Nullable Object value = document.root().get(key);
    if (value instanceof String word && words.contains(word)) {
      return word;
    }
    reading.report(key, "expected one of " + words + ", found " + Findings.describe(value));
    return words.get(0);
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
