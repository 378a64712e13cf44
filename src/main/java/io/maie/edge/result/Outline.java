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

  /**
   * A place in a summary.
   *
   * @param path as sources name it
   * @param name of its field
   * @param depth 0 for fields of the summary itself
   */
  private record Place(String path, String name, int depth) {

    Place at(String field) {
      return new Place(path + "/" + field, field, depth);
    }

    Place deeper() {
      return new Place(path, name, depth + 1);
    }
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
      fields(summary.content(), new Place("", "", 0));
      return new Outline(title.orElse(""), List.copyOf(blocks));
    }

    private void fields(Map<?, ?> fields, Place place) {
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        String name = String.valueOf(field.getKey());
        boolean isTitle = place.depth() == 0 && TITLE.matcher(name).matches();
        @Nullable Object value = field.getValue();
        if (!isTitle && value != null) {
          field(value, place.at(name));
        }
      }
    }

    private void field(Object value, Place place) {
      String heading = headings.of(place.name());
      if (value instanceof Map<?, ?> map) {
        blocks.add(new Block(heading, place.depth(), Kind.TEXT, List.of()));
        fields(map, place.deeper());
      } else if (value instanceof Collection<?> list) {
        list(list, place);
      } else {
        blocks.add(
            new Block(heading, place.depth(), Kind.TEXT, List.of(item(value, place.path()))));
      }
    }

    private void list(Collection<?> list, Place place) {
      ListContent content = new ListContent(place.depth());
      int index = 0;
      for (Object element : list) {
        String path = place.path() + "/" + index++;
        if (element instanceof Map<?, ?> map) {
          content.add(map, path);
        } else {
          content.items.add(item(element, path));
        }
      }
      if (!content.items.isEmpty() || !content.parts.isEmpty()) {
        Kind kind = TAGS.matcher(place.name()).matches() ? Kind.TAGS : Kind.LIST;
        blocks.add(new Block(headings.of(place.name()), place.depth(), kind, content.items));
        blocks.addAll(content.parts);
      }
    }

    /** The statements of a list, and the headings below it. */
    private final class ListContent {
      private final int depth;
      private final List<Item> items = new ArrayList<>();
      private final List<Block> parts = new ArrayList<>();

      private ListContent(int depth) {
        this.depth = depth;
      }

      /** Adds an object: a statement with details, or a heading with statements. */
      private void add(Map<?, ?> object, String path) {
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
