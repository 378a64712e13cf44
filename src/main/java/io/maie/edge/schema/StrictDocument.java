package io.maie.edge.schema;

import com.fasterxml.jackson.core.JsonLocation;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON or YAML document as plain values, read strictly: bounded in bytes and depth, UTF-8, one
 * document, no duplicate keys; in YAML no tags, anchors or aliases. Whatever is wrong with it is
 * collected in {@link #problems()}; what could be read is there all the same, so that everything
 * can be reported at once.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link
 * java.math.BigDecimal} (as written, never rounded), null, {@link List} and {@link Map} in the
 * order written.
 */
public final class StrictDocument {

  /** The notation of a document. */
  public enum Syntax {
    JSON,
    /** The YAML whose plain scalars mean what they mean in JSON; all others are texts. */
    YAML
  }

  private final String name;
  private final Map<String, @Nullable Object> root = new LinkedHashMap<>();
  private final Map<String, JsonLocation> positions = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  private StrictDocument(String name) {
    this.name = name;
  }

  /**
   * Reads {@code bytes}.
   *
   * @param name the name of the document in problems
   * @param maxBytes a longer document is refused unread
   */
  public static StrictDocument read(String name, byte[] bytes, Syntax syntax, int maxBytes) {
    StrictDocument document = new StrictDocument(name);
    if (bytes.length > maxBytes) {
      document.report(
          "", "expected at most " + maxBytes + " bytes, found " + bytes.length + " bytes");
      return document;
    }
    String text = document.decode(bytes);
    if (text != null) {
      new StrictParser(document, syntax).parse(text);
    }
    return document;
  }

  /** The values; empty if the document could not be read. */
  public Map<String, @Nullable Object> root() {
    return Collections.unmodifiableMap(root);
  }

  /** Problems of the document as such; unknown keys and wrong values are not known here. */
  public List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** The place of the key {@code path}, such as {@code name:3:5}; without line if unknown. */
  public String where(String path) {
    JsonLocation location = positions.get(path);
    return location == null ? name : at(location);
  }

  void put(String key, @Nullable Object value) {
    root.put(key, value);
  }

  void locate(String path, JsonLocation location) {
    positions.put(path, location);
  }

  void report(String path, String sentence) {
    problems.add(new Problem(where(path), path, sentence));
  }

  void reportAt(JsonLocation location, String path, String sentence) {
    problems.add(new Problem(at(location), path, sentence));
  }

  private String at(JsonLocation location) {
    return name + ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  /** The text without a byte order mark, which Windows editors write. */
  private @Nullable String decode(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // no document has this character, but UTF-16 without a mark has a byte of it beside most
      if (text.indexOf('\0') < 0) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
      }
    } catch (CharacterCodingException e) {
      // told below
    }
    report("", "expected text in UTF-8; save the file with that encoding");
    return null;
  }
}
