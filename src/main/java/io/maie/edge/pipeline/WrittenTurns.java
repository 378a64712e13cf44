package io.maie.edge.pipeline;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Turn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a written transcript: its paragraphs, and who speaks in each.
 *
 * <p>A name and a colon before a paragraph, with or without a time of day or of the recording, name
 * the speaker if the text is a dialogue: somebody in it speaks twice, and at least two people
 * speak. An id such as {@code S1} always does. Paragraphs without a name go on with the speaker
 * before.
 */
final class WrittenTurns {
  private static final Pattern LINE_END = Pattern.compile("\\R");

  /** A line this long was not broken to fit a page: each line is a paragraph. */
  private static final int LONGEST_PAGE_LINE = 120;

  private static final String TIME = "[\\[(]?(?:\\d{1,2}:)?\\d{1,2}:\\d{2}(?:[.,]\\d{1,3})?[\\])]?";
  private static final String NAME =
      "\\p{Lu}[\\p{L}\\p{M}\\p{N}.'’_-]*(?: \\(?[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}.'’_)-]*){0,3}";

  /** Asterisks are those of a name in bold print, as Markdown has it. */
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?:"
              + TIME
              + "\\s*[-–—]?\\s*)?\\*{0,2}("
              + NAME
              + ")\\*{0,2}(?:\\s*"
              + TIME
              + ")?\\s*:\\*{0,2}(?:\\s+(.*))?");

  /** A line of its own above what is said: "Anna Lind 0:12". */
  private static final Pattern HEADED = Pattern.compile("(" + NAME + ")\\s+" + TIME);

  private static final Pattern ID = Pattern.compile("S[1-9]\\d?");

  /** Headings of forms and letters, which name nobody. */
  private static final Set<String> NO_PERSONS =
      Set.of(
          "note",
          "notes",
          "todo",
          "to do",
          "agenda",
          "date",
          "time",
          "place",
          "subject",
          "topic",
          "action",
          "actions",
          "decision",
          "decisions",
          "summary",
          "title",
          "attendees",
          "present",
          "participants",
          "question",
          "questions",
          "from",
          "to",
          "cc",
          "ps",
          "warning",
          "example");

  /** A dialogue names its speakers in at least this share of its paragraphs. */
  private static final double FEWEST_NAMED = 0.25;

  private static final SampleSpan NO_TIME = new SampleSpan(0, 0);

  private final List<Segment> segments = new ArrayList<>();

  /** Ids by names, in order of first speech. */
  private final Map<String, String> ids = new LinkedHashMap<>();

  private final boolean isDialogue;
  private final StringBuilder paragraph = new StringBuilder();
  private @Nullable SpeakerLabel speaker;

  private WrittenTurns(List<String> lines) {
    isDialogue = isDialogue(lines);
  }

  /** Reads {@code text}. */
  static WrittenTurns of(String text) {
    List<String> lines = LINE_END.splitAsStream(text).map(String::strip).toList();
    boolean isBroken = lines.stream().allMatch(line -> line.length() <= LONGEST_PAGE_LINE);
    WrittenTurns turns = new WrittenTurns(lines);
    for (String line : lines) {
      turns.read(line);
      if (!isBroken || line.isEmpty()) {
        turns.flush();
      }
    }
    turns.flush();
    return turns;
  }

  /** The paragraphs in order; none is empty, and none has a time. */
  List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** Names of the speakers who are not called by an id, by their ids. */
  Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    ids.forEach(
        (name, id) -> {
          if (!name.equals(id)) {
            names.put(id, name);
          }
        });
    return names;
  }

  private static boolean isDialogue(List<String> lines) {
    Set<String> names = new HashSet<>();
    int named = 0;
    for (String line : lines) {
      @Nullable Matcher label = label(line);
      if (label != null) {
        named++;
        names.add(label.group(1));
      }
    }
    long written = lines.stream().filter(line -> !line.isEmpty()).count();
    return names.size() >= 2 && named > names.size() && named >= FEWEST_NAMED * written;
  }

  /**
   * The name before what is said, and the rest of the line if it has one; null if there is none.
   */
  private static @Nullable Matcher label(String line) {
    for (Pattern pattern : List.of(LABELLED, HEADED)) {
      Matcher matcher = pattern.matcher(line);
      if (matcher.matches() && !NO_PERSONS.contains(matcher.group(1).toLowerCase(Locale.ROOT))) {
        return matcher;
      }
    }
    return null;
  }

  private void read(String line) {
    @Nullable Matcher label = label(line);
    if (label == null || !(isDialogue || ID.matcher(label.group(1)).matches())) {
      append(line);
      return;
    }
    flush();
    speaker = new SpeakerLabel(id(label.group(1)), false);
    @Nullable String said = label.groupCount() < 2 ? null : label.group(2);
    append(said == null ? "" : said);
  }

  private void append(String text) {
    if (!text.isEmpty()) {
      paragraph.append(paragraph.isEmpty() ? "" : "\n").append(text);
    }
  }

  private void flush() {
    if (!paragraph.isEmpty()) {
      segments.add(
          new Segment(NO_TIME, paragraph.toString(), 1, List.of()).withSpeaker(speaker, List.of()));
      paragraph.setLength(0);
    }
  }

  /** An id is kept; a name gets the first that is free. */
  private String id(String name) {
    @Nullable String known = ids.get(name);
    if (known != null) {
      return known;
    }
    int number = 1;
    while (ids.containsValue(Turn.id(number))) {
      number++;
    }
    String id = ID.matcher(name).matches() ? name : Turn.id(number);
    ids.put(name, id);
    return id;
  }
}
