package io.maie.edge.pipeline;

import io.maie.edge.result.ModelIdentity;
import io.maie.edge.transcript.Turn;
import java.util.List;
import java.util.Map;

/**
 * Who spoke when, and which models found it.
 *
 * @param turns in order of start
 * @param names of the speakers whose voices are known, by their ids
 * @param models segmentation, then embedding
 */
public record Diarized(List<Turn> turns, Map<String, String> names, List<ModelIdentity> models) {

  public Diarized {
    turns = List.copyOf(turns);
    names = Map.copyOf(names);
    models = List.copyOf(models);
  }
}
