package io.maie.edge.schema;

/**
 * Something wrong in what a person wrote.
 *
 * @param where the document, with line and column where known: {@code talk.wav.job.json:3:5}
 * @param field the key, such as {@code vad_threshold} or {@code vocabulary[2]}; empty if the whole
 *     document is meant
 * @param sentence a sentence with the expected and the found, without final stop
 */
public record Problem(String where, String field, String sentence) {

  /** All of it in one line. */
  @Override
  public String toString() {
    return field.isEmpty() ? where + ": " + sentence : where + ": " + field + ": " + sentence;
  }
}
