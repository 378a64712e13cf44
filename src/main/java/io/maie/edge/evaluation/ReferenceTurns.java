package io.maie.edge.evaluation;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.transcript.Turn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reference turns from RTTM files, the format of NIST with one line for each turn. */
public final class ReferenceTurns {
  /** Type, recording, channel, start, duration, two that are empty, speaker. */
  private static final int FIELDS = 8;

  private ReferenceTurns() {}

  /**
   * The turns in {@code rttm} by recording; speakers are numbered from 1 in order of the lines.
   *
   * @throws IOException if the file cannot be read or a line is no turn
   */
  public static Map<String, List<Turn>> read(Path rttm) throws IOException {
    Map<String, List<Turn>> recordings = new LinkedHashMap<>();
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (String line : Files.readAllLines(rttm, StandardCharsets.UTF_8)) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length >= FIELDS && fields[0].equals("SPEAKER")) {
        List<String> known = names.computeIfAbsent(fields[1], name -> new ArrayList<>());
        if (!known.contains(fields[7])) {
          known.add(fields[7]);
        }
        recordings
            .computeIfAbsent(fields[1], name -> new ArrayList<>())
            .add(new Turn(span(rttm, fields), known.indexOf(fields[7]) + 1));
      }
    }
    return recordings;
  }

  private static SampleSpan span(Path rttm, String[] fields) throws IOException {
    try {
      long start = Math.round(Double.parseDouble(fields[3]) * Waveform.SAMPLE_RATE);
      long length = Math.round(Double.parseDouble(fields[4]) * Waveform.SAMPLE_RATE);
      return new SampleSpan(start, start + length);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "expected a start and a duration in '" + rttm + "', found " + List.of(fields), e);
    }
  }
}
