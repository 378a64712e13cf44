package io.maie.edge.text.ground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.result.SummarySource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a summary what nobody said, and finds the sources of the rest. Sentences of a text,
 * items of a list and optional fields are removed; content that the schema demands stays and is
 * marked.
 */
public final class Grounder {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?…。！？])\\s+|\\n+");
  private static final Pattern PERSON =
      Pattern.compile(
          "person|people|owner|assignee|responsible|speaker|participant|attendee|người|tên|names?");
  private static final Pattern TITLE = Pattern.compile("title|heading|headline|tiêu đề");
  private static final Pattern TAGS = Pattern.compile("tags?|thẻ");

  private final SaidFacts facts;
  private final JsonNode schema;
  private final List<SummarySource> sources = new ArrayList<>();
  private int statements;
  private int grounded;
  private int removed;

  public Grounder(SaidFacts facts, JsonNode schema) {
    this.facts = facts;
    this.schema = schema;
  }

  /** Grounds {@code content}, which is valid against the schema. */
  public Grounded ground(ObjectNode content) {
    ObjectNode kept = pruned(content, Place.root(schema));
    return marked(kept, removed);
  }

  /** Marks what nobody said in {@code content}, and removes nothing. */
  public Grounded marked(ObjectNode content) {
    return marked(content, 0);
  }

  private Grounded marked(ObjectNode kept, int takenOut) {
    sources.clear();
    statements = 0;
    grounded = 0;
    mark(kept, Place.root(schema));
    double share = statements == 0 ? 1 : (double) grounded / statements;
    return new Grounded(kept, sources, share, takenOut);
  }

  /**
   * A place in the summary.
   *
   * @param field the innermost field of an object that it is in; empty at the root
   * @param pointer JSON Pointer to it, RFC 6901
   */
  private record Place(SchemaView view, String field, String pointer) {
    static Place root(JsonNode schema) {
      return new Place(SchemaView.of(schema), "", "");
    }

    Place at(String name) {
      String step = name.replace("~", "~0").replace("/", "~1");
      return new Place(view.field(name), name, pointer + "/" + step);
    }

    Place at(int index) {
      return new Place(view.items(), field, pointer + "/" + index);
    }
  }

  /** The node without what nobody said; null if nothing is left. */
  private @Nullable JsonNode pruned(JsonNode node, Place place) {
    if (node instanceof ObjectNode object) {
      return pruned(object, place);
    }
    if (node instanceof ArrayNode array) {
      return pruned(array, place);
    }
    return node.isTextual() && place.view.isStatement() ? pruned(node.textValue(), place) : node;
  }

  private ObjectNode pruned(ObjectNode object, Place place) {
    ObjectNode kept = NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      Place field = place.at(name);
      @Nullable JsonNode value = pruned(entry.getValue(), field);
      if (value != null) {
        kept.set(name, value);
      } else if (field.view.isNullable()) {
        kept.putNull(name);
        removed++;
      } else if (place.view.isRequired(name)) {
        kept.set(name, entry.getValue());
      } else {
        removed++;
      }
    }
    return kept;
  }

  private ArrayNode pruned(ArrayNode array, Place place) {
    ArrayNode kept = NODES.arrayNode();
    int left = array.size();
    for (int i = 0; i < array.size(); i++) {
      JsonNode item = array.get(i);
      @Nullable JsonNode value = isHollow(item, place.at(i)) ? null : pruned(item, place.at(i));
      if (value == null && left > place.view.fewest()) {
        left--;
        removed++;
      } else {
        kept.add(value == null ? item : value);
      }
    }
    return kept;
  }

  /** Returns whether a required field of an object holds something that nobody said. */
  private boolean isHollow(JsonNode item, Place place) {
    for (Map.Entry<String, JsonNode> entry : item.properties()) {
      Place field = place.at(entry.getKey());
      boolean mustSay = place.view.isRequired(entry.getKey()) && !field.view.isNullable();
      if (mustSay && entry.getValue().isTextual() && field.view.isStatement()) {
        if (said(entry.getValue().textValue(), field) == null) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable JsonNode pruned(String text, Place place) {
    @Nullable String kept = said(text, place);
    if (kept == null) {
      return null;
    }
    removed += sentences(text).size() - sentences(kept).size();
    return NODES.textNode(kept);
  }

  /** The text without sentences that name things nobody said; null if too little is left. */
  private @Nullable String said(String text, Place place) {
    if (missing(text, place.field).isEmpty()) {
      return text;
    }
    String kept =
        sentences(text).stream()
            .filter(sentence -> missing(sentence, place.field).isEmpty())
            .collect(Collectors.joining(" "));
    return kept.codePointCount(0, kept.length()) < place.view.shortest() ? null : kept;
  }

  private void mark(JsonNode node, Place place) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        mark(entry.getValue(), place.at(entry.getKey()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        mark(array.get(i), place.at(i));
      }
    } else if (node.isTextual() && place.view.isStatement()) {
      mark(node.textValue(), place);
    }
  }

  private void mark(String text, Place place) {
    String field = place.field;
    Set<SampleSpan> spans = new LinkedHashSet<>();
    boolean isTag = TAGS.matcher(field.toLowerCase(Locale.ROOT)).matches();
    for (String sentence : sentences(text)) {
      List<SampleSpan> said = facts.sentences().sources(sentence);
      spans.addAll(said);
      if (!isTag) {
        statements++;
        grounded += !said.isEmpty() && missing(sentence, field).isEmpty() ? 1 : 0;
      }
    }
    List<String> unsupported = missing(text, field);
    if (!spans.isEmpty() || !unsupported.isEmpty()) {
      sources.add(new SummarySource(place.pointer, List.copyOf(spans), unsupported));
    }
  }

  private List<String> missing(String text, String field) {
    return facts.missing(text, kind(field));
  }

  private static SaidFacts.Kind kind(String field) {
    String name = field.toLowerCase(Locale.ROOT).replace('_', ' ');
    if (PERSON.matcher(name).find() || TAGS.matcher(name).matches()) {
      return SaidFacts.Kind.NAME;
    }
    return TITLE.matcher(name).find() ? SaidFacts.Kind.TITLE : SaidFacts.Kind.TEXT;
  }

  private static List<String> sentences(String text) {
    return SENTENCE_END.splitAsStream(text).filter(part -> !part.isBlank()).toList();
  }
}
