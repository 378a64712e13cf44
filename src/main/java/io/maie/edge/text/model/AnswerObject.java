package io.maie.edge.text.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/** Takes the JSON object out of an answer. */
public final class AnswerObject {
  /** Far beyond any answer that was asked for, and far below what would exhaust the stack. */
  private static final int MOST_NESTING = 64;

  /** Models that think aloud do so first. */
  private static final Pattern THOUGHTS =
      Pattern.compile("^\\s*<think>.*?</think>", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(MOST_NESTING).build())
              .build());

  private AnswerObject() {}

  /**
   * The object in an answer, which may stand in a fence or between sentences.
   *
   * @throws UnusableAnswerException if the answer was cut off or holds no object
   */
  public static ObjectNode of(Answer answer) throws UnusableAnswerException {
    if (!answer.isComplete()) {
      throw new UnusableAnswerException("the answer was cut off; be briefer");
    }
    String text = THOUGHTS.matcher(answer.text()).replaceFirst("");
    int start = text.indexOf('{');
    if (start < 0) {
      throw new UnusableAnswerException("the answer is not a JSON object");
    }
    try (JsonParser parser = JSON.createParser(text.substring(start))) {
      if (JSON.readTree(parser) instanceof ObjectNode object) {
        return object;
      }
      throw new UnusableAnswerException("the answer is not a JSON object");
    } catch (JsonProcessingException e) {
      // the message of the parser quotes the answer
      throw new UnusableAnswerException("the answer is not valid JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory was read", e);
    }
  }
}
