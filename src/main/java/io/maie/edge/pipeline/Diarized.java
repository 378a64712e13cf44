package io.maie.edge.pipeline;

import io.maie.edge.result.ModelIdentity;
import io.maie.edge.transcript.Turn;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The turns of the speakers, and the models that found them.
 *
 * @param turns in order of start
 * @param names of the speakers whose voices are known, by their ids
 * @param channels the number of the channel of each speaker, by his number; empty if voices alone
 *     told the speakers apart
 * @param models segmentation, then embedding; empty if channels alone told the speakers apart
 */
public record Diarized(
    List<Turn> turns,
    Map<String, String> names,
    Map<Integer, Integer> channels,
    List<ModelIdentity> models) {

  public Diarized {
    turns = List.copyOf(turns);
    names = Map.copyOf(names);
    channels = Map.copyOf(channels);
    models = List.copyOf(models);
  }

  /** The turns of those who speak in a channel; all if voices alone told the speakers apart. */
  List<Turn> turnsIn(int channel) {
    return channels.isEmpty()
        ? turns
        : turns.stream()
            .filter(turn -> Objects.equals(channels.get(turn.speaker()), channel))
            .toList();
  }
}
