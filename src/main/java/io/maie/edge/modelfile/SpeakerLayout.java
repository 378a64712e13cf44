package io.maie.edge.modelfile;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One graph that tells speakers apart, as pyannote, WeSpeaker and 3D-Speaker models are published:
 * {@code model.onnx}, {@code onnx/model.onnx}, or any name if it is the only graph. The graph tells
 * what it is ({@link SpeakerGraph}).
 */
final class SpeakerLayout implements ModelLayout {
  private static final String SUFFIX = ".onnx";

  /** In 8 bits these models are less exact, and hardly faster. */
  private static final List<String> USUAL_NAMES = List.of("model.onnx", "onnx/model.onnx");

  /** Files that models of words or of text have beside their graphs. */
  private static final List<String> VOCABULARIES =
      List.of("tokens.txt", "vocab.txt", "vocab.json", "tokenizer.json", "tokenizer_config.json");

  private final GraphSummaries summaries;

  SpeakerLayout(GraphSummaries summaries) {
    this.summaries = requireNonNull(summaries, "summaries is null");
  }

  @Override
  public Optional<ModelTask> task() {
    return Optional.empty();
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Set<String> names = expected.names();
    Optional<String> model = model(names);
    if (model.isEmpty() || !FilesOnDisk.names(folder).contains(model.get())) {
      return Optional.empty();
    }
    Optional<SpeakerGraph> graph =
        SpeakerGraph.of(
            new GraphMetadata(summaries.of(folder.resolve(model.get())), folder), model.get());
    if (graph.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelFolder(
            folder,
            new Manifest(
                String.valueOf(folder.getFileName()),
                "",
                graph.get().task(),
                graph.get().family(),
                List.of(),
                false,
                expected.license(ModelCard.read(folder)),
                "",
                Waveform.SAMPLE_RATE,
                expected.describe(List.of(model.get())),
                graph.get().settings())));
  }

  /** The graph that is needed of {@code names}; empty if they are of another kind of model. */
  static Optional<List<String>> files(Set<String> names) {
    return model(names).map(List::of);
  }

  private static Optional<String> model(Set<String> names) {
    if (VOCABULARIES.stream().anyMatch(names::contains)) {
      return Optional.empty();
    }
    List<String> graphs = names.stream().filter(name -> name.endsWith(SUFFIX)).toList();
    Stream<String> only = graphs.size() == 1 ? graphs.stream() : Stream.empty();
    return Stream.concat(USUAL_NAMES.stream().filter(names::contains), only).findFirst();
  }
}
