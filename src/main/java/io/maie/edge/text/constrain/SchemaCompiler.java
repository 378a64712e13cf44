package io.maie.edge.text.constrain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes the automaton of a schema. */
final class SchemaCompiler {
  /** References within references that are followed; deeper values are not written. */
  private static final int MOST_REFERENCES = 8;

  private static final String PRINTABLE =
      " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
          + "abcdefghijklmnopqrstuvwxyz{|}~";

  private static final Shape IMPOSSIBLE = new ChoiceShape(List.of());
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode root;
  private final TokenVocabulary vocabulary;
  private final Unions unions;
  private final Map<Reference, Shape> referenced = new HashMap<>();

  private final Map<List<Object>, Shape> simple = new HashMap<>();

  /** The first reason why some value is impossible, with a colon; empty if there is none. */
  private String reason = "";

  /**
   * A place that a reference leads to.
   *
   * @param pointer JSON pointer to it
   * @param followed the number of references on the way
   */
  private record Reference(String pointer, int followed) {}

  /**
   * A part of the schema, and where it stands.
   *
   * @param pointer JSON pointer to it
   * @param references that were followed on the way
   */
  private record Site(JsonNode schema, String pointer, int references) {
    Site child(String name, JsonNode child) {
      String step = name.replace("~", "~0").replace("/", "~1");
      return new Site(child, pointer + "/" + step, references);
    }

    /** The same place with another schema. */
    Site with(JsonNode other) {
      return new Site(other, pointer, references);
    }
  }

  SchemaCompiler(JsonNode root, TokenVocabulary vocabulary) {
    this.root = root;
    this.vocabulary = vocabulary;
    unions = new Unions(root);
  }

  Shape compile() throws UnservedSchemaException {
    for (int i = 0; i < PRINTABLE.length(); i++) {
      if (!vocabulary.hasSingle(PRINTABLE.charAt(i))) {
        throw new UnservedSchemaException(
            "",
            "cannot be followed: the vocabulary has no token for '" + PRINTABLE.charAt(i) + "'");
      }
    }
    Shape shape = shape(new Site(root, "", 0));
    if (!Cost.isPossible(shape.cost(Shape.START))) {
      throw new UnservedSchemaException("", "admits no answer" + reason);
    }
    return shape;
  }

  private Shape shape(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    if (schema.isBoolean() && !schema.booleanValue()) {
      return IMPOSSIBLE;
    }
    if (!schema.isObject() && !schema.isBoolean()) {
      throw new UnservedSchemaException(site.pointer, "is no schema");
    }
    Keywords.check(schema, site.pointer);
    if (schema.has("$ref")) {
      return reference(site);
    }
    if (Keywords.UNIONS.stream().anyMatch(schema::has)) {
      List<Shape> branches = new ArrayList<>();
      for (JsonNode branch : unions.branches(schema, site.pointer)) {
        branches.add(shape(site.with(branch)));
      }
      return choice(branches);
    }
    if (schema.has("enum") || schema.has("const")) {
      return fixed(site);
    }
    List<Shape> kinds = new ArrayList<>();
    for (String type : new LinkedHashSet<>(Keywords.types(schema))) {
      kinds.add(ofType(type, site));
    }
    return choice(kinds);
  }

  private static Shape choice(List<Shape> branches) {
    return branches.size() == 1 ? branches.get(0) : new ChoiceShape(branches);
  }

  private Shape impossible(Site site, String why) {
    if (reason.isEmpty()) {
      reason = ": '" + (site.pointer.isEmpty() ? "/" : site.pointer) + "' " + why;
    }
    return IMPOSSIBLE;
  }

  private Shape reference(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    if (Keywords.narrowing(schema).size() > 1) {
      throw new UnservedSchemaException(
          site.pointer, "has a '$ref' beside other words, which decoding cannot follow");
    }
    String target = schema.path("$ref").asText();
    String pointer = target.startsWith("#") ? target.substring(1) : target;
    Reference to = new Reference(pointer, site.references + 1);
    if (to.followed > MOST_REFERENCES) {
      return impossible(site, "nests more references than are followed");
    }
    Shape known = referenced.get(to);
    if (known == null) {
      known = shape(new Site(unions.target(target, site.pointer), pointer, to.followed));
      referenced.put(to, known);
    }
    return known;
  }

  private Shape fixed(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    ObjectNode beside = Keywords.narrowing(schema);
    List<JsonNode> values = new ArrayList<>();
    if (schema.has("const")) {
      values.add(schema.get("const"));
      beside.remove("const");
    } else {
      schema.get("enum").forEach(values::add);
      beside.remove("enum");
    }
    if (Unions.holdsReference(beside)) {
      throw new UnservedSchemaException(
          site.pointer, "has fixed values beside references, which decoding cannot follow");
    }
    values.removeIf(value -> !beside.isEmpty() && !Keywords.isValid(beside, value));
    Shape shape = new FixedShape(values.stream().map(SchemaCompiler::written).toList(), vocabulary);
    return Cost.isPossible(shape.cost(Shape.START))
        ? shape
        : impossible(site, "has no value that is valid and can be written");
  }

  private static byte[] written(JsonNode value) {
    try {
      // as bytes, Jackson escapes what lies beyond the first plane
      return JSON.writeValueAsString(value).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a value in memory was written", e);
    }
  }

  private Shape ofType(String type, Site site) throws UnservedSchemaException {
    return switch (type) {
      case "object" -> object(site);
      case "array" -> array(site);
      default -> simple(type, site);
    };
  }

  /** Equal schemas of texts and numbers share an automaton, and with it the masks. */
  private Shape simple(String type, Site site) throws UnservedSchemaException {
    List<Object> key = List.of(type, Keywords.narrowing(site.schema));
    Shape known = simple.get(key);
    if (known == null) {
      known = newSimple(type, site);
      simple.put(key, known);
    }
    return known;
  }

  private Shape newSimple(String type, Site site) throws UnservedSchemaException {
    return switch (type) {
      case "string" -> text(site);
      case "integer" -> number(NumberRange.integers(bounds(site)), site);
      case "number" -> number(NumberRange.decimals(bounds(site)), site);
      case "boolean" -> literals("true", "false");
      case "null" -> literals("null");
      default ->
          throw new UnservedSchemaException(site.pointer, "has an unknown type '" + type + "'");
    };
  }

  private Shape literals(String... words) {
    List<JsonNode> values = new ArrayList<>();
    for (String word : words) {
      values.add(
          word.equals("null")
              ? JSON.nullNode()
              : JSON.getNodeFactory().booleanNode(word.equals("true")));
    }
    return new FixedShape(values.stream().map(SchemaCompiler::written).toList(), vocabulary);
  }

  private Shape object(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    JsonNode properties = schema.path("properties");
    JsonNode additional = schema.path("additionalProperties");
    Set<String> required = new LinkedHashSet<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    Set<String> names = new LinkedHashSet<>();
    properties.fieldNames().forEachRemaining(names::add);
    names.addAll(required);
    if (names.isEmpty() && !additional.isBoolean()) {
      throw new UnservedSchemaException(
          site.pointer, "is an object that names no properties, so that nothing could be written");
    }
    checkCounts(site, required.size(), names.size());
    List<ObjectShape.Member> members = new ArrayList<>();
    for (String name : names) {
      Shape value =
          properties.has(name)
              ? shape(site.child("properties", properties).child(name, properties.get(name)))
              : shape(site.child("additionalProperties", anyIfMissing(additional)));
      ObjectShape.Member member = new ObjectShape.Member(key(name), value, required.contains(name));
      if (member.isRequired() && !canBeWritten(member)) {
        return impossible(site, "requires '" + name + "', which cannot be written");
      }
      members.add(member);
    }
    return new ObjectShape(members, vocabulary);
  }

  /** A schema that is not there admits anything. */
  private static JsonNode anyIfMissing(JsonNode schema) {
    return schema.isMissingNode() ? JSON.createObjectNode() : schema;
  }

  private static byte[] key(String name) {
    byte[] quoted = written(JSON.getNodeFactory().textNode(name));
    byte[] key = Arrays.copyOf(quoted, quoted.length + 1);
    key[quoted.length] = ':';
    return key;
  }

  private boolean canBeWritten(ObjectShape.Member member) {
    return Cost.isPossible(member.value().cost(Shape.START))
        && Cost.isPossible(vocabulary.fewestTokens(member.name())[0]);
  }

  private static void checkCounts(Site site, int fewest, int most) throws UnservedSchemaException {
    if (site.schema.path("minProperties").asInt(0) > fewest
        || site.schema.path("maxProperties").asInt(Integer.MAX_VALUE) < most) {
      throw new UnservedSchemaException(
          site.pointer, "counts properties that may be missing, which decoding cannot follow");
    }
  }

  private Shape array(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    List<Shape> prefix = new ArrayList<>();
    Site first = site.child("prefixItems", schema.path("prefixItems"));
    for (JsonNode item : first.schema) {
      prefix.add(shape(first.child(Integer.toString(prefix.size()), item)));
    }
    JsonNode items = schema.path("items");
    if (items.isArray()) {
      throw new UnservedSchemaException(
          site.pointer, "has a list of 'items', which is 'prefixItems' in draft 2020-12");
    }
    Shape rest = shape(site.child("items", anyIfMissing(items)));
    int fewest = count(site, "minItems").orElse(0);
    int most = count(site, "maxItems").orElse(Integer.MAX_VALUE);
    Shape shape = new ArrayShape(prefix, rest, fewest, most, vocabulary.mostItems());
    return Cost.isPossible(shape.cost(Shape.START))
        ? shape
        : impossible(site, "cannot have as many items as it must");
  }

  private static OptionalInt count(Site site, String word) throws UnservedSchemaException {
    JsonNode node = site.schema.path(word);
    if (node.isMissingNode()) {
      return OptionalInt.empty();
    }
    double value = node.asDouble(-1);
    boolean isCount = node.isNumber() && value >= 0 && value == Math.rint(value);
    if (!isCount) {
      throw new UnservedSchemaException(site.pointer, "has a '" + word + "' that is no count");
    }
    return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, value));
  }

  private Shape text(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    int fewest = count(site, "minLength").orElse(0);
    int most = Math.min(AnyCharacters.MOST, count(site, "maxLength").orElse(AnyCharacters.MOST));
    Characters characters = new AnyCharacters(fewest, most, vocabulary.longest());
    if (schema.has("pattern") || schema.has("format")) {
      Dfa automaton = patterned(site);
      boolean isLimited = fewest > 0 || most < AnyCharacters.MOST;
      if (isLimited) {
        automaton =
            PatternAutomaton.ofLength(fewest, most)
                .flatMap(automaton::and)
                .orElseThrow(() -> tooLarge(site));
      }
      characters = new PatternCharacters(automaton, vocabulary);
    }
    Shape shape = new TextShape(characters, vocabulary);
    return Cost.isPossible(shape.cost(Shape.START))
        ? shape
        : impossible(site, "has no text that is valid and can be written");
  }

  private static Dfa patterned(Site site) throws UnservedSchemaException {
    JsonNode schema = site.schema;
    List<String> patterns = new ArrayList<>();
    if (schema.has("pattern")) {
      patterns.add(schema.path("pattern").asText());
    }
    if (schema.has("format")) {
      String format = schema.path("format").asText();
      String pattern = Formats.PATTERNS.get(format);
      if (pattern == null) {
        throw new UnservedSchemaException(
            site.pointer, "uses the format '" + format + "', which decoding cannot follow");
      }
      patterns.add(pattern);
    }
    Dfa all = automaton(patterns.get(0), site);
    for (String pattern : patterns.subList(1, patterns.size())) {
      all = all.and(automaton(pattern, site)).orElseThrow(() -> tooLarge(site));
    }
    return all;
  }

  private static Dfa automaton(String pattern, Site site) throws UnservedSchemaException {
    try {
      return PatternAutomaton.of(PatternParser.parse(pattern)).orElseThrow(() -> tooLarge(site));
    } catch (PatternParser.UnservedPatternException e) {
      throw new UnservedSchemaException(
          site.pointer, "has the pattern '" + pattern + "', which " + e.getMessage());
    }
  }

  private static UnservedSchemaException tooLarge(Site site) {
    return new UnservedSchemaException(
        site.pointer, "has a pattern that needs too large an automaton with its length");
  }

  private Shape number(Optional<Dfa> digits, Site site) {
    return digits.isPresent()
        ? new NumberShape(digits.get())
        : impossible(site, "has no number within its bounds, or bounds with too many digits");
  }

  private static NumberRange.Bounds bounds(Site site) throws UnservedSchemaException {
    Optional<BigDecimal> least = bound(site, "minimum");
    Optional<BigDecimal> above = bound(site, "exclusiveMinimum");
    Optional<BigDecimal> most = bound(site, "maximum");
    Optional<BigDecimal> below = bound(site, "exclusiveMaximum");
    boolean isAbove =
        above.isPresent() && least.map(v -> v.compareTo(above.get()) <= 0).orElse(true);
    boolean isBelow =
        below.isPresent() && most.map(v -> v.compareTo(below.get()) >= 0).orElse(true);
    return new NumberRange.Bounds(
        isAbove ? above : least, isAbove, isBelow ? below : most, isBelow);
  }

  private static Optional<BigDecimal> bound(Site site, String word) throws UnservedSchemaException {
    JsonNode node = site.schema.path(word);
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isNumber()) {
      throw new UnservedSchemaException(site.pointer, "has a '" + word + "' that is no number");
    }
    return Optional.of(node.decimalValue());
  }
}
