package io.maie.edge.text.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds what the native library of tokenizers does not survive. It ends the process where the JSON
 * of some parts breaks off, is nested too deeply, or holds numbers and letters that it cannot
 * represent.
 */
final class StrictJson {
  /** The library's limit is 128; ordinary tokenizers have 6 levels. */
  private static final int MOST_LEVELS = 64;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
          .build();

  private StrictJson() {}

  /** The first fault of {@code text}, for people; empty if it is one whole JSON object. */
  static Optional<String> fault(String text) throws IOException {
    try (JsonParser parser = FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.of("it is no JSON object");
      }
      for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
        if (token.isNumeric() && !Double.isFinite(parser.getDoubleValue())) {
          return Optional.of("it holds the number " + parser.getText());
        }
        boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
        if (isText && parser.getText().codePoints().anyMatch(StrictJson::isHalfALetter)) {
          return Optional.of("it holds half of a surrogate pair");
        }
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of("it is not valid JSON, " + e.getOriginalMessage());
    }
  }

  private static boolean isHalfALetter(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
