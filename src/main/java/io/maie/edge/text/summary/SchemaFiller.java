package io.maie.edge.text.summary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.result.SummarySource;
import io.maie.edge.text.extract.ActionItem;
import io.maie.edge.text.extract.Definition;
import io.maie.edge.text.extract.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Fills a schema as far as evidence goes. The name of a field says which evidence it takes. A field
 * without evidence gets a neutral value where the schema allows one; otherwise it is missing.
 */
final class SchemaFiller {
  private static final int LONGEST = 4_000;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Constants that say nothing. */
  private static final List<String> NEUTRAL =
      List.of(
          "neutral", "unclear", "unknown", "không xác định", "trung lập", "none", "other", "n/a");

  private final JsonNode root;
  private final Findings findings;
  private final Facts facts;
  private final List<SummarySource> sources = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * Known facts besides statements.
   *
   * @param original the transcript as recognised
   * @param improved the clean transcript
   * @param quality 0 to 1, how little of the original had to be changed
   * @param language ISO 639-1; empty if not known
   */
  record Facts(String original, String improved, double quality, String language) {}

  SchemaFiller(JsonNode root, Findings findings, Facts facts) {
    this.root = root;
    this.findings = findings;
    this.facts = facts;
  }

  /**
   * A place in the summary.
   *
   * @param field the name of the field; empty for the summary itself
   * @param path JSON Pointer, RFC 6901
   * @param scope the part of the talk that it is about
   */
  private record Place(String field, JsonNode schema, String path, Scope scope) {
    Slot slot() {
      return Slot.of(field);
    }

    Place of(Scope part) {
      return new Place(field, schema, path, part);
    }
  }

  /** The summary; the fields under {@link #missing()} are not there. */
  ObjectNode fill() {
    return object(new Place("", root, "", Scope.WHOLE));
  }

  List<SummarySource> sources() {
    return sources;
  }

  /** Required fields that there is no evidence for. */
  List<String> missing() {
    return missing;
  }

  private ObjectNode object(Place place) {
    ObjectNode object = NODES.objectNode();
    List<String> required =
        StreamSupport.stream(place.schema().path("required").spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    for (Map.Entry<String, JsonNode> property : place.schema().path("properties").properties()) {
      String field = property.getKey();
      @Nullable JsonNode value =
          value(
              new Place(
                  field,
                  resolved(property.getValue()),
                  place.path() + "/" + escaped(field),
                  place.scope()));
      if (value != null) {
        object.set(field, value);
      } else if (required.contains(field)) {
        missing.add((place.path() + "/" + field).substring(1));
      }
    }
    return object;
  }

  private JsonNode resolved(JsonNode schema) {
    JsonNode reference = schema.path("$ref");
    return reference.isTextual() ? root.at(reference.asText().substring(1)) : schema;
  }

  /** JSON Pointer, RFC 6901. */
  private static String escaped(String field) {
    return field.replace("~", "~0").replace("/", "~1");
  }

  private @Nullable JsonNode value(Place place) {
    JsonNode schema = place.schema();
    if (schema.has("const")) {
      return schema.get("const");
    }
    if (schema.has("enum")) {
      return constant(place.field(), schema);
    }
    @Nullable JsonNode value =
        switch (type(schema)) {
          case "object" -> object(place.of(Scope.of(place.field(), place.scope())));
          case "array" -> array(place);
          case "string" -> text(place);
          case "number" -> number(place.slot());
          default -> null;
        };
    return value == null && isNullable(schema) ? NODES.nullNode() : value;
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (!type.isArray()) {
      return type.asText();
    }
    return StreamSupport.stream(type.spliterator(), false)
        .map(JsonNode::asText)
        .filter(name -> !name.equals("null"))
        .findFirst()
        .orElse("null");
  }

  private static boolean isNullable(JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.asText().equals("null")
        || StreamSupport.stream(type.spliterator(), false).anyMatch(t -> t.asText().equals("null"));
  }

  private @Nullable JsonNode constant(String field, JsonNode schema) {
    List<JsonNode> constants =
        StreamSupport.stream(schema.get("enum").spliterator(), false).toList();
    boolean goesOn = Slot.of(field) == Slot.OUTCOME && !findings.actionItems().isEmpty();
    List<String> wanted = goesOn ? List.of("follow_up") : NEUTRAL;
    return wanted.stream()
        .flatMap(word -> constants.stream().filter(c -> c.asText().equals(word)))
        .findFirst()
        .or(() -> constants.stream().filter(JsonNode::isNull).findFirst())
        .or(() -> constants.stream().filter(c -> NEUTRAL.contains(c.asText())).findFirst())
        .orElse(null);
  }

  private @Nullable JsonNode number(Slot slot) {
    return slot == Slot.QUALITY
        ? NODES.numberNode(Math.round(facts.quality() * 100) / 100.0)
        : null;
  }

  private @Nullable JsonNode text(Place place) {
    JsonNode schema = place.schema();
    Slot slot = place.slot();
    Scope scope = place.scope();
    boolean isNested = place.path().indexOf('/', 1) > 0;
    if (isNested && slot == Slot.SUMMARY && isNullable(schema) && scope.equals(Scope.WHOLE)) {
      return null; // it would say the same as the summary of the whole
    }
    @Nullable String text =
        switch (slot) {
          case ORIGINAL -> facts.original();
          case IMPROVED -> facts.improved();
          case LANGUAGE -> facts.language();
          default -> joined(place);
        };
    return text == null || text.isEmpty() || !matches(schema, text) ? null : NODES.textNode(text);
  }

  private @Nullable String joined(Place place) {
    JsonNode schema = place.schema();
    int longest = schema.path("maxLength").asInt(LONGEST);
    List<Statement> statements = findings.text(place.slot(), place.scope(), longest);
    if (statements.isEmpty()) {
      return null;
    }
    boolean isTitle = place.slot() == Slot.TITLE;
    String glue = isTitle ? ", " : " ";
    String text = statements.stream().map(Statement::text).collect(Collectors.joining(glue));
    String fitted = fitted(isTitle ? capitalized(text) : text, schema);
    if (matches(schema, fitted)) {
      sources.add(
          new SummarySource(
              place.path(),
              statements.stream().flatMap(s -> s.spans().stream()).distinct().toList()));
    }
    return fitted;
  }

  private static boolean matches(JsonNode schema, String text) {
    JsonNode pattern = schema.path("pattern");
    return !pattern.isTextual() || Pattern.compile(pattern.asText()).matcher(text).find();
  }

  private @Nullable JsonNode array(Place place) {
    JsonNode schema = place.schema();
    JsonNode items = resolved(schema.path("items"));
    ArrayNode array = NODES.arrayNode();
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    Slot slot = place.slot();
    if (type(items).equals("object")) {
      objects(place, new Items(items, most, place.path(), array));
    } else if (type(items).equals("string")) {
      int limit = slot == Slot.TAGS ? Math.min(most, 6) : most;
      for (Statement statement : findings.list(slot, place.scope())) {
        String text = fitted(statement.text(), items);
        boolean isNew =
            StreamSupport.stream(array.spliterator(), false)
                .noneMatch(t -> t.asText().equals(text));
        if (array.size() < limit && isNew && matches(items, text)) {
          sources.add(new SummarySource(place.path() + "/" + array.size(), statement.spans()));
          array.add(text);
        }
      }
    }
    return array.size() < schema.path("minItems").asInt(0) ? null : array;
  }

  /**
   * A list of objects that is being filled.
   *
   * @param schema of each object
   * @param most the most objects
   */
  private record Items(JsonNode schema, int most, String path, ArrayNode array) {
    boolean isFull() {
      return array.size() >= most;
    }

    String nextPath() {
      return path + "/" + array.size();
    }
  }

  private void objects(Place place, Items items) {
    Scope scope = place.scope();
    switch (place.slot()) {
      case ACTIONS -> findings.actionItems().forEach(item -> add(item.task(), item, items));
      case OPINIONS -> findings.opinions(scope).forEach(opinion -> add(opinion, null, items));
      case DECISIONS, QUESTIONS, POINTS, EXAMPLES ->
          findings.list(place.slot(), scope).forEach(statement -> add(statement, null, items));
      case TERMS -> findings.definitions().forEach(definition -> add(definition, items));
      case SECTIONS -> findings.sections().forEach(part -> section(part, items));
      default -> {}
    }
  }

  private void section(Findings.Section part, Items items) {
    if (items.isFull()) {
      return;
    }
    ObjectNode object = NODES.objectNode();
    String place = items.nextPath();
    for (Map.Entry<String, JsonNode> property : items.schema().path("properties").properties()) {
      String field = property.getKey();
      JsonNode schema = resolved(property.getValue());
      if (type(schema).equals("array")) {
        ArrayNode points = object.putArray(field);
        for (Statement point : part.points()) {
          sources.add(
              new SummarySource(place + "/" + escaped(field) + "/" + points.size(), point.spans()));
          points.add(fitted(point.text(), resolved(schema.path("items"))));
        }
      } else if (Slot.of(field) == Slot.TITLE) {
        object.put(field, fitted(capitalized(part.heading().text()), schema));
      } else if (isNullable(schema)) {
        object.putNull(field);
      }
    }
    items.array().add(object);
  }

  /** The field whose name asks for the term gets it, the first other text its explanation. */
  private void add(Definition definition, Items items) {
    if (items.isFull()) {
      return;
    }
    String path = items.nextPath();
    ObjectNode object = NODES.objectNode();
    boolean isExplained = false;
    for (Map.Entry<String, JsonNode> property : items.schema().path("properties").properties()) {
      String field = property.getKey();
      JsonNode schema = resolved(property.getValue());
      boolean isTerm = Slot.plain(field).matches("term|name|word|thuật ngữ|từ|tên");
      boolean isText = type(schema).equals("string") && !schema.has("enum");
      @Nullable Statement said =
          isTerm ? definition.term() : isText && !isExplained ? definition.explanation() : null;
      isExplained |= isText && !isTerm;
      if (said != null) {
        sources.add(new SummarySource(path + "/" + escaped(field), said.spans()));
      }
      put(object, field, schema, said == null ? null : said.text());
    }
    items.array().add(object);
  }

  /** Adds one object to a list: who, until when, and what. */
  private void add(Statement statement, @Nullable ActionItem item, Items items) {
    if (items.isFull()) {
      return;
    }
    String path = items.nextPath();
    ObjectNode object = NODES.objectNode();
    boolean hasText = false;
    for (Map.Entry<String, JsonNode> property : items.schema().path("properties").properties()) {
      String field = property.getKey();
      JsonNode schema = resolved(property.getValue());
      String name = Slot.plain(field);
      @Nullable String text = null;
      if (name.matches(".*(?:person|owner|assignee|who|responsible|speaker|người).*")) {
        @Nullable String person = item == null ? statement.speaker() : item.person();
        text = person == null ? null : findings.person(person);
      } else if (name.matches(".*(?:due|deadline|when|date|until|hạn|ngày).*")) {
        text = item == null ? null : item.due();
      } else if (!hasText && type(schema).equals("string") && !schema.has("enum")) {
        text = statement.text();
        hasText = true;
        sources.add(new SummarySource(path + "/" + escaped(field), statement.spans()));
      }
      put(object, field, schema, text);
    }
    items.array().add(object);
  }

  private void put(ObjectNode object, String field, JsonNode schema, @Nullable String text) {
    if (text != null) {
      object.put(field, fitted(text, schema));
    } else if (schema.has("enum")) {
      @Nullable JsonNode constant = constant(field, schema);
      if (constant != null) {
        object.set(field, constant);
      }
    } else if (isNullable(schema)) {
      object.putNull(field);
    }
  }

  /** The text, cut at a word with an ellipsis if the schema wants it shorter. */
  private static String fitted(String text, JsonNode schema) {
    int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (text.codePointCount(0, text.length()) <= longest) {
      return text;
    }
    String start = text.substring(0, text.offsetByCodePoints(0, longest - 1));
    int blank = start.lastIndexOf(' ');
    return (blank > longest / 2 ? start.substring(0, blank) : start) + "…";
  }

  private static String capitalized(String text) {
    int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(Locale.ROOT) + text.substring(first);
  }
}
