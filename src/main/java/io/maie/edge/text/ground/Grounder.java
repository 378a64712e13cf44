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
    ObjectNode kept = pruned(content, SchemaView.of(schema));
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
    mark(kept, SchemaView.of(schema), "", "");
    double share = statements == 0 ? 1 : (double) grounded / statements;
    return new Grounded(kept, sources, share, takenOut);
  }

  /** The node without what nobody said; null if nothing is left. */
  private @Nullable JsonNode pruned(JsonNode node, SchemaView view, String field) {
    if (node instanceof ObjectNode object) {
      return pruned(object, view);
    }
    if (node instanceof ArrayNode array) {
      return pruned(array, view, field);
    }
    return node.isTextual() && view.isStatement() ? pruned(node.textValue(), view, field) : node;
  }

  private ObjectNode pruned(ObjectNode object, SchemaView view) {
    ObjectNode kept = NODES.objectNode();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      SchemaView field = view.field(name);
      @Nullable JsonNode value = pruned(entry.getValue(), field, name);
      if (value != null) {
        kept.set(name, value);
      } else if (field.isNullable()) {
        kept.putNull(name);
        removed++;
      } else if (view.isRequired(name)) {
        kept.set(name, entry.getValue());
      } else {
        removed++;
      }
    }
    return kept;
  }

  private ArrayNode pruned(ArrayNode array, SchemaView view, String field) {
    ArrayNode kept = NODES.arrayNode();
    int left = array.size();
    for (JsonNode item : array) {
      @Nullable JsonNode value =
          isHollow(item, view.items()) ? null : pruned(item, view.items(), field);
      if (value == null && left > view.fewest()) {
        left--;
        removed++;
      } else {
        kept.add(value == null ? item : value);
      }
    }
    return kept;
  }

  /** Returns whether a required field of an object holds something that nobody said. */
  private boolean isHollow(JsonNode item, SchemaView view) {
    for (Map.Entry<String, JsonNode> entry : item.properties()) {
      SchemaView field = view.field(entry.getKey());
      boolean mustSay = view.isRequired(entry.getKey()) && !field.isNullable();
      if (mustSay && entry.getValue().isTextual() && field.isStatement()) {
        if (said(entry.getValue().textValue(), field, entry.getKey()) == null) {
          return true;
        }
      }
    }
    return false;
  }

  private @Nullable JsonNode pruned(String text, SchemaView view, String field) {
    @Nullable String kept = said(text, view, field);
    if (kept == null) {
      return null;
    }
    removed += sentences(text).size() - sentences(kept).size();
    return NODES.textNode(kept);
  }

  /** The text without sentences that name things nobody said; null if too little is left. */
  private @Nullable String said(String text, SchemaView view, String field) {
    if (missing(text, field).isEmpty()) {
      return text;
    }
    String kept =
        sentences(text).stream()
            .filter(sentence -> missing(sentence, field).isEmpty())
            .collect(Collectors.joining(" "));
    return kept.codePointCount(0, kept.length()) < view.shortest() ? null : kept;
  }

  private void mark(JsonNode node, SchemaView view, String field, String path) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String name = entry.getKey();
        mark(entry.getValue(), view.field(name), name, path + "/" + escaped(name));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        mark(array.get(i), view.items(), field, path + "/" + i);
      }
    } else if (node.isTextual() && view.isStatement()) {
      mark(node.textValue(), field, path);
    }
  }

  private void mark(String text, String field, String path) {
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
      sources.add(new SummarySource(path, List.copyOf(spans), unsupported));
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

  /** JSON Pointer, RFC 6901. */
  private static String escaped(String field) {
    return field.replace("~", "~0").replace("/", "~1");
  }
}
