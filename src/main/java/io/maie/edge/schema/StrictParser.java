package io.maie.edge.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.maie.edge.schema.StrictDocument.Syntax;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills one {@link StrictDocument} from its text; used once. */
final class StrictParser {
  /** Objects and lists within each other; honest documents need five. */
  private static final int MAX_DEPTH = 16;

  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern JSON_INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private static final Pattern OF_THE_PARSER =
      Pattern.compile(
          "\\s*\\(start marker at \\[[^\\]]*\\]\\)|\\s*\\[Source: [^\\]]*\\]"
              + "|,? from `[^`]*`|: enable `[^`]*` to allow"
              + "|\\s*\\(not recognized as one since [^)]*\\)");

  private static final Pattern YAML_MARK = Pattern.compile("line ([0-9]+), column ([0-9]+)");

  private final StrictDocument document;
  private final Syntax syntax;
  private boolean sharingReported;

  StrictParser(StrictDocument document, Syntax syntax) {
    this.document = document;
    this.syntax = syntax;
  }

  void parse(String text) {
    try (JsonParser parser = open(text)) {
      new Reading(parser).readRoot();
    } catch (JsonProcessingException e) {
      String sentence = "expected " + syntax + ": " + firstLines(e.getOriginalMessage());
      JsonLocation location = location(e);
      if (location == null) {
        document.report("", sentence);
      } else {
        document.reportAt(location, "", sentence);
      }
    } catch (IOException e) {
      document.report("", "expected " + syntax + ": " + firstLines(String.valueOf(e.getMessage())));
    }
  }

  /**
   * YAML errors know their place only in their message; their location is that of the last token.
   */
  private static @Nullable JsonLocation location(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    Matcher mark = YAML_MARK.matcher(e.getOriginalMessage());
    while (mark.find()) {
      location =
          new JsonLocation(
              null, 0, Integer.parseInt(mark.group(1)), Integer.parseInt(mark.group(2)));
    }
    return location;
  }

  private JsonParser open(String text) throws IOException {
    return switch (syntax) {
      case JSON -> new JsonFactory().createParser(text);
      case YAML ->
          YAMLFactory.builder()
              .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
              .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
              .build()
              .createParser(text);
    };
  }

  private @Nullable Object number(String text, String path) {
    if (JSON_INTEGER.matcher(text).matches() && JSON_NUMBER.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (!JSON_NUMBER.matcher(text).matches()) {
      return text;
    }
    if (Double.isInfinite(Double.parseDouble(text))) {
      document.report(path, "expected a number that fits into 64 bits, found " + shortened(text));
      return null;
    }
    boolean integer = text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
    return integer ? new BigInteger(text) : decimal(text, path);
  }

  private @Nullable Object decimal(String text, String path) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      document.report(path, "expected a number that fits into 64 bits, found " + shortened(text));
      return null;
    }
  }

  private String text(String text, String path) {
    refuseBrokenText(text, path);
    return text;
  }

  /** JSON can escape half a character; no encoding can write that. */
  private void refuseBrokenText(String text, String path) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      document.report(path, "expected whole characters, found half a surrogate pair");
    }
  }

  private static String shortened(String text) {
    return text.length() <= 20 ? text : text.substring(0, 20) + "...";
  }

  /** YAML messages go on with a copy of the text and an arrow, which a single line cannot show. */
  /** Without what the parser says of itself: its own places, types and settings. */
  private static String firstLines(String message) {
    return OF_THE_PARSER
        .matcher(message)
        .replaceAll("")
        .lines()
        .takeWhile(line -> !line.startsWith(" in "))
        .limit(3)
        .map(String::strip)
        .collect(Collectors.joining(" "))
        .strip();
  }

  /** The walk through the tokens of the document. */
  private final class Reading {
    private final JsonParser parser;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    void readRoot() throws IOException {
      JsonToken first = parser.nextToken();
      boolean empty = first == null || first == JsonToken.VALUE_NULL;
      if (empty && syntax == Syntax.YAML) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        document.report(
            "", "expected keys with values, found " + (empty ? "nothing" : "a bare value"));
        return;
      }
      refuseSharing("");
      readObject("", 1).forEach(document::put);
      if (parser.nextToken() != null) {
        document.reportAt(
            parser.currentTokenLocation(), "", "expected the end, found more after the document");
      }
    }

    private Map<String, @Nullable Object> readObject(String path, int depth) throws IOException {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String key = parser.currentName();
        String keyPath = path.isEmpty() ? key : path + "." + key;
        JsonLocation location = parser.currentTokenLocation();
        refuseSharing(keyPath);
        if (values.containsKey(key)) {
          document.reportAt(
              location, keyPath, "expected each key once, found it again; first " + place(keyPath));
        } else {
          document.locate(keyPath, location);
          refuseBrokenText(key, keyPath);
        }
        parser.nextToken();
        @Nullable Object value = readValue(keyPath, depth);
        values.putIfAbsent(key, value);
      }
      return Collections.unmodifiableMap(values);
    }

    private String place(String path) {
      String where = document.where(path);
      return "at " + where.substring(where.lastIndexOf(':', where.lastIndexOf(':') - 1) + 1);
    }

    private List<@Nullable Object> readList(String path, int depth) throws IOException {
      List<@Nullable Object> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        String itemPath = path + "[" + values.size() + "]";
        document.locate(itemPath, parser.currentTokenLocation());
        values.add(readValue(itemPath, depth));
      }
      return Collections.unmodifiableList(values);
    }

    private @Nullable Object readValue(String path, int depth) throws IOException {
      refuseSharing(path);
      JsonToken token = parser.currentToken();
      if (token.isStructStart() && depth >= MAX_DEPTH) {
        document.reportAt(
            parser.currentTokenLocation(), path, "expected at most " + MAX_DEPTH + " levels");
        parser.skipChildren();
        return null;
      }
      return switch (token) {
        case START_OBJECT -> readObject(path, depth + 1);
        case START_ARRAY -> readList(path, depth + 1);
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), path);
        default -> text(parser.getText(), path);
      };
    }

    private void refuseSharing(String path) throws IOException {
      if (sharingReported || !(parser instanceof YAMLParser yaml)) {
        return;
      }
      boolean shares = yaml.isCurrentAlias() || yaml.getObjectId() != null;
      boolean tagged = yaml.currentToken() != JsonToken.FIELD_NAME && yaml.getTypeId() != null;
      if (shares || tagged) {
        sharingReported = true;
        document.reportAt(
            parser.currentTokenLocation(),
            path,
            "expected plain YAML, found " + (shares ? "an anchor or alias (& or *)" : "a tag (!)"));
      }
    }
  }
}
