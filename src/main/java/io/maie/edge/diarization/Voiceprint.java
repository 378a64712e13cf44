package io.maie.edge.diarization;

/**
 * The voice of a person whose name is known. Personal data: it belongs in no log and no result.
 *
 * @param name of the person
 * @param modelHash checksum of the model that made it; it means nothing to another one
 * @param embedding shape (dimensions), length 1; shared, not to be written to
 */
// the array is the value of an embedding, and nobody compares two voices by equals
@SuppressWarnings("ArrayRecordComponent")
public record Voiceprint(String name, String modelHash, float[] embedding) {

  /** Keeps the voice out of logs. */
  @Override
  public String toString() {
    return "Voiceprint[" + name + "]";
  }
}
