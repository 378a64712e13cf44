package io.maie.edge.modelfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a {@code tokenizer.json}, as the library tokenizers of Hugging Face writes it, entry by
 * entry.
 */
public final class TokenizerJson {
  /** Keeps no table of names: each token is the name of a field once. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private TokenizerJson() {}

  /** Receives the entries in the order of the file. */
  public interface Entries {
    /**
     * A token with a meaning of its own, such as {@code <|en|>}.
     *
     * @param id -1 if the file names none
     */
    void added(String text, int id);

    /** A token of the vocabulary. */
    void token(String text, int id);

    /** Two tokens that become one, with a blank between them; earlier ones come first. */
    default void merge(String pair) {}
  }

  /**
   * Reads a file.
   *
   * @throws JsonProcessingException if it is damaged
   */
  public static void read(Path file, Entries entries) throws IOException {
    try (JsonParser json = JSON.createParser(file.toFile())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("added_tokens")) {
          readAdded(json, entries);
        } else if (key.equals("model")) {
          readModel(json, entries);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private static void readAdded(JsonParser json, Entries entries) throws IOException {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      int id = -1;
      String content = "";
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String key = json.currentName();
        json.nextToken();
        if (key.equals("id")) {
          id = json.getIntValue();
        } else if (key.equals("content")) {
          content = json.getText();
        } else {
          json.skipChildren();
        }
      }
      entries.added(content, id);
    }
  }

  private static void readModel(JsonParser json, Entries entries) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      if (key.equals("vocab") && json.currentToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String text = json.currentName();
          json.nextToken();
          entries.token(text, json.getIntValue());
        }
      } else if (key.equals("merges") && json.currentToken() == JsonToken.START_ARRAY) {
        readMerges(json, entries);
      } else {
        json.skipChildren();
      }
    }
  }

  /** Each merge is a text with a blank in the middle, or, in newer files, an array of two. */
  private static void readMerges(JsonParser json, Entries entries) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_ARRAY) {
        entries.merge(json.nextTextValue() + " " + json.nextTextValue());
        json.nextToken();
      } else {
        entries.merge(json.getText());
      }
    }
  }
}
