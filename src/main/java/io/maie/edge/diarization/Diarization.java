package io.maie.edge.diarization;

import io.maie.edge.transcript.Turn;
import java.util.List;

/**
 * The turns of the speakers, and their voices.
 *
 * @param turns in order of start; turns of different speakers may overlap
 * @param voices the mean voice of each speaker, in the order of the speakers' numbers
 */
public record Diarization(List<Turn> turns, List<Voice> voices) {

  /** Nobody speaks. */
  public static final Diarization EMPTY = new Diarization(List.of(), List.of());

  public Diarization {
    turns = List.copyOf(turns);
    voices = List.copyOf(voices);
  }

  /**
   * The voice of one speaker.
   *
   * @param speaker his number, from 1
   * @param embedding shape (dimensions), length 1; shared, not to be written to
   */
  // the array is the value of an embedding, and nobody compares two voices by equals
  @SuppressWarnings("ArrayRecordComponent")
  public record Voice(int speaker, float[] embedding) {

    /** The id of the speaker in results. */
    public String id() {
      return Turn.id(speaker);
    }
  }
}
