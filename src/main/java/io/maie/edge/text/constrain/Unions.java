package io.maie.edge.text.constrain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits {@code anyOf}, {@code oneOf} and {@code allOf} into schemas such that a value meets one of
 * them. Refuses schemas whose words depend on each other.
 */
final class Unions {
  private static final List<String> MEMBERS = List.of("properties", "additionalProperties");
  private static final List<String> ITEMS = List.of("items", "prefixItems");

  /** Values within values that tell branches apart. */
  private static final int DEEPEST = 4;

  private final JsonNode root;

  Unions(JsonNode root) {
    this.root = root;
  }

  /**
   * The schemas that a value may meet: at least one, and exactly one for {@code oneOf}.
   *
   * @param schema with one of the three words
   */
  List<JsonNode> branches(JsonNode schema, String pointer) throws UnservedSchemaException {
    List<String> words = Keywords.UNIONS.stream().filter(schema::has).toList();
    String word = words.get(0);
    if (words.size() > 1 || !schema.path(word).isArray() || schema.path(word).isEmpty()) {
      throw new UnservedSchemaException(
          pointer,
          "combines " + String.join(", ", words) + " in a way that decoding cannot follow");
    }
    JsonNode base = Keywords.narrowing(schema).without(word);
    List<JsonNode> branches = new ArrayList<>();
    for (JsonNode branch : schema.path(word)) {
      Keywords.check(branch, pointer + "/" + word);
      if (word.equals("allOf")) {
        base = merged(base, branch, pointer);
      } else {
        branches.add(merged(base, branch, pointer));
      }
    }
    if (word.equals("oneOf")) {
      checkDisjoint(branches, pointer);
    }
    return word.equals("allOf") ? List.of(base) : branches;
  }

  /** The schema that a reference leads to. */
  JsonNode target(String reference, String pointer) throws UnservedSchemaException {
    boolean isPointer = reference.equals("#") || reference.startsWith("#/");
    JsonNode target = isPointer ? root.at(reference.substring(1)) : root.path("");
    if (target.isMissingNode()) {
      throw new UnservedSchemaException(
          pointer, "refers to '" + reference + "', which is no place in the schema");
    }
    return target;
  }

  static boolean holdsReference(JsonNode schema) {
    return schema.findValue("$ref") != null;
  }

  private static JsonNode merged(JsonNode base, JsonNode branch, String pointer)
      throws UnservedSchemaException {
    if (base.isEmpty() || !branch.isObject()) {
      return branch.isBoolean() && branch.booleanValue() ? base : branch;
    }
    ObjectNode own = Keywords.narrowing(branch);
    boolean depends =
        own.has("$ref")
            || base.has("$ref")
            || (hasAny(base, MEMBERS) && hasAny(own, MEMBERS))
            || (hasAny(base, ITEMS) && hasAny(own, ITEMS));
    ObjectNode merged = base.deepCopy();
    for (Map.Entry<String, JsonNode> word : own.properties()) {
      JsonNode known = base.path(word.getKey());
      if (word.getKey().equals("required") && known.isArray()) {
        Set<JsonNode> names = new LinkedHashSet<>();
        known.forEach(names::add);
        word.getValue().forEach(names::add);
        merged.set("required", merged.arrayNode().addAll(names));
      } else {
        depends |= !known.isMissingNode() && !known.equals(word.getValue());
        merged.set(word.getKey(), word.getValue());
      }
    }
    if (depends) {
      throw new UnservedSchemaException(
          pointer, "combines schemas that depend on each other, which decoding cannot follow");
    }
    return merged;
  }

  private static boolean hasAny(JsonNode schema, List<String> words) {
    return words.stream().anyMatch(schema::has);
  }

  private void checkDisjoint(List<JsonNode> branches, String pointer)
      throws UnservedSchemaException {
    for (int i = 0; i < branches.size(); i++) {
      for (int k = 0; k < i; k++) {
        if (!areDisjoint(resolved(branches.get(i)), resolved(branches.get(k)), DEEPEST)) {
          throw new UnservedSchemaException(
              pointer,
              "has 'oneOf' with branches %d and %d, which one value may meet both".formatted(k, i));
        }
      }
    }
  }

  /** The schema itself, or the one it is a reference to. */
  private JsonNode resolved(JsonNode schema) throws UnservedSchemaException {
    JsonNode at = schema;
    Set<String> seen = new LinkedHashSet<>();
    while (at.path("$ref").isTextual() && seen.add(at.path("$ref").asText())) {
      at = target(at.path("$ref").asText(), "");
    }
    return at;
  }

  /**
   * Returns whether no value that is written for one schema meets the other, as far as this check
   * sees.
   */
  private boolean areDisjoint(JsonNode a, JsonNode b, int depth) throws UnservedSchemaException {
    if (depth == 0 || !a.isObject() || !b.isObject() || hasUnion(a) || hasUnion(b)) {
      return false;
    }
    if (isFixed(a) || isFixed(b)) {
      return areFixedDisjoint(a, b);
    }
    if (!a.has("type") || !b.has("type")) {
      return false;
    }
    Set<String> common = new LinkedHashSet<>(Keywords.types(a));
    List<String> others = Keywords.types(b);
    common.removeIf(type -> others.stream().noneMatch(other -> overlaps(type, other)));
    boolean areObjects = common.equals(Set.of("object"));
    return common.isEmpty() || (areObjects && excludes(a, b, depth) && excludes(b, a, depth));
  }

  private static boolean overlaps(String a, String b) {
    return a.equals(b) || Set.of(a, b).equals(Set.of("integer", "number"));
  }

  private static boolean hasUnion(JsonNode schema) {
    return Keywords.UNIONS.stream().anyMatch(schema::has);
  }

  private static boolean isFixed(JsonNode schema) {
    return schema.has("enum") || schema.has("const");
  }

  private static boolean areFixedDisjoint(JsonNode a, JsonNode b) {
    boolean isFirst = isFixed(a);
    JsonNode fixed = isFirst ? a : b;
    JsonNode other = isFirst ? b : a;
    if (holdsReference(other)) {
      return false;
    }
    for (JsonNode value : values(fixed)) {
      if (Keywords.isValid(other, value)) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode values(JsonNode fixed) {
    if (!fixed.has("const")) {
      return fixed.get("enum");
    }
    ArrayNode values = ((ObjectNode) fixed).arrayNode();
    return values.add(fixed.get("const"));
  }

  /** Returns whether no object that is written for one schema meets the other. */
  private boolean excludes(JsonNode written, JsonNode other, int depth)
      throws UnservedSchemaException {
    Set<String> always = names(written.path("required"));
    Set<String> ever = new LinkedHashSet<>(always);
    written.path("properties").fieldNames().forEachRemaining(ever::add);
    if (!ever.containsAll(names(other.path("required")))) {
      return true;
    }
    boolean isClosed =
        other.path("additionalProperties").isBoolean()
            && !other.path("additionalProperties").booleanValue();
    for (String name : always) {
      JsonNode own = written.path("properties").path(name);
      JsonNode theirs = other.path("properties").path(name);
      boolean isUnknown = theirs.isMissingNode() && isClosed;
      if (isUnknown || areDisjoint(resolved(own), resolved(theirs), depth - 1)) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> names(JsonNode list) {
    Set<String> names = new LinkedHashSet<>();
    list.forEach(name -> names.add(name.asText()));
    return names;
  }
}
