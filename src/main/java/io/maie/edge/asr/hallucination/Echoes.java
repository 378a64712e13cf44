package io.maie.edge.asr.hallucination;

import io.maie.edge.transcript.Segment;
import java.util.ArrayList;
import java.util.List;

/** Rows of segments that all say the same: loops between segments. */
final class Echoes {
  /** More segments in a row than people repeat in a conversation. */
  private static final int FEWEST = 8;

  private Echoes() {}

  /** The segments in order, those that follow each other with the same sound in one row. */
  static List<List<Segment>> rows(List<Segment> segments) {
    List<List<Segment>> rows = new ArrayList<>();
    String soundOfRow = "";
    for (Segment segment : segments) {
      String sound = SpokenText.of(segment.text()).sound();
      if (rows.isEmpty() || !sound.equals(soundOfRow)) {
        rows.add(new ArrayList<>());
      }
      rows.get(rows.size() - 1).add(segment);
      soundOfRow = sound;
    }
    return rows;
  }

  /** True if enough segments say the same for a decoder in a loop. */
  static boolean isLoop(List<Segment> row) {
    return row.size() >= FEWEST;
  }
}
