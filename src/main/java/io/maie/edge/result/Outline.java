package io.maie.edge.result;

import io.maie.edge.audio.SampleSpan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A summary of any template as headings and their content.
 *
 * @param title of the summary; empty if it has none
 * @param blocks in the order of the template, without empty ones
 */
record Outline(String title, List<Block> blocks) {
  private static final Pattern TITLE = Pattern.compile("title|tiêu.?đề", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAGS =
      Pattern.compile("tags?|thẻ|keywords?", Pattern.CASE_INSENSITIVE);

  /** Forms of the content under a heading. */
  enum Kind {
    TEXT,
    LIST,
    /** A few words each. */
    TAGS
  }

  /**
   * A heading and its content.
   *
   * @param depth 0 for fields of the summary itself
   * @param items empty if only other headings stand under it
   */
  record Block(String heading, int depth, Kind kind, List<Item> items) {}

  /**
   * A statement.
   *
   * @param details further fields of it, such as who does something
   * @param times the times of its sentences; empty if it is not known
   * @param unsupported names, dates and numbers in it that were not said
   */
  record Item(
      String text, List<Detail> details, List<SampleSpan> times, List<String> unsupported) {}

  /** A field of a statement. */
  record Detail(String label, String value) {}

  /**
   * The outline of a summary; empty if there is none.
   *
   * @param language of its readers, a code
   */
  static Outline of(@Nullable Summary summary, String language) {
    return summary == null
        ? new Outline("", List.of())
        : new Reading(summary, SummaryHeadings.in(language)).read();
  }

  /** One summary. */
  private static final class Reading {
    private final Summary summary;
    private final SummaryHeadings headings;
    private final Map<String, List<SampleSpan>> times = new HashMap<>();
    private final Map<String, List<String>> unsupported = new HashMap<>();
    private final List<Block> blocks = new ArrayList<>();

    Reading(Summary summary, SummaryHeadings headings) {
      this.summary = summary;
      this.headings = headings;
      for (SummarySource source : summary.sources()) {
        times.put(source.path(), source.spans());
        unsupported.put(source.path(), source.unsupported());
      }
    }

    Outline read() {
      Optional<String> title =
          summary.content().entrySet().stream()
              .filter(entry -> TITLE.matcher(entry.getKey()).matches())
              .filter(entry -> unsupported.getOrDefault("/" + entry.getKey(), List.of()).isEmpty())
              .findFirst()
              .map(entry -> String.valueOf(entry.getValue()));
      fields(summary.content(), "", 0);
      return new Outline(title.orElse(""), List.copyOf(blocks));
    }

    private void fields(Map<?, ?> fields, String path, int depth) {
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        String name = String.valueOf(field.getKey());
        boolean isTitle = depth == 0 && TITLE.matcher(name).matches();
        @Nullable Object value = field.getValue();
        if (!isTitle && value != null) {
          field(name, value, path + "/" + name, depth);
        }
      }
    }

    private void field(String name, Object value, String path, int depth) {
      String heading = headings.of(name);
      if (value instanceof Map<?, ?> map) {
        blocks.add(new Block(heading, depth, Kind.TEXT, List.of()));
        fields(map, path, depth + 1);
      } else if (value instanceof Collection<?> list) {
        list(heading, TAGS.matcher(name).matches(), list, path, depth);
      } else {
        Item item = item(value, path);
        blocks.add(new Block(heading, depth, Kind.TEXT, List.of(item)));
      }
    }

    private void list(String heading, boolean isTags, Collection<?> list, String path, int depth) {
      List<Item> items = new ArrayList<>();
      List<Block> parts = new ArrayList<>();
      int index = 0;
      for (Object element : list) {
        String place = path + "/" + index++;
        if (element instanceof Map<?, ?> map) {
          object(map, place, depth, items, parts);
        } else {
          items.add(item(element, place));
        }
      }
      if (!items.isEmpty() || !parts.isEmpty()) {
        blocks.add(new Block(heading, depth, isTags ? Kind.TAGS : Kind.LIST, items));
        blocks.addAll(parts);
      }
    }

    /** An object of a list: a statement with details, or a heading with statements. */
    private void object(
        Map<?, ?> object, String path, int depth, List<Item> items, List<Block> parts) {
      String text = "";
      List<SampleSpan> said = List.of();
      List<Detail> details = new ArrayList<>();
      List<Item> points = new ArrayList<>();
      for (Map.Entry<?, ?> field : object.entrySet()) {
        String place = path + "/" + field.getKey();
        @Nullable Object value = field.getValue();
        if (value instanceof Collection<?> list) {
          int index = 0;
          for (Object point : list) {
            points.add(item(point, place + "/" + index++));
          }
        } else if (value != null && text.isEmpty() && isStatement(place, object)) {
          text = String.valueOf(value);
          said = times.getOrDefault(place, List.of());
        } else if (value != null) {
          String label = headings.of(String.valueOf(field.getKey()));
          details.add(new Detail(label, String.valueOf(value)));
        }
      }
      if (points.isEmpty()) {
        items.add(new Item(text, details, said, unsupportedBelow(path)));
      } else {
        parts.add(new Block(text, depth + 1, Kind.LIST, points));
      }
    }

    private Item item(Object value, String path) {
      return new Item(
          String.valueOf(value),
          List.of(),
          times.getOrDefault(path, List.of()),
          unsupported.getOrDefault(path, List.of()));
    }

    private List<String> unsupportedBelow(String path) {
      return unsupported.entrySet().stream()
          .filter(entry -> entry.getKey().startsWith(path + "/"))
          .flatMap(entry -> entry.getValue().stream())
          .distinct()
          .sorted()
          .toList();
    }

    /** The field that has a source, or any if none has. */
    private boolean isStatement(String place, Map<?, ?> object) {
      String parent = place.substring(0, place.lastIndexOf('/'));
      boolean anyKnown =
          object.keySet().stream().anyMatch(k -> times.containsKey(parent + "/" + k));
      return times.containsKey(place) || !anyKnown;
    }
  }
}
