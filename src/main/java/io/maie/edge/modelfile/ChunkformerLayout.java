package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A ChunkFormer model as {@code src/test/python/export_chunkformer.py} writes it: {@code
 * chunkformer.json} beside the graphs; or as the package chunkformer exports it itself: {@code
 * onnx_config.json} beside graphs, whose encoder takes whole windows. A checkpoint that was not
 * exported yet is refused with the command to run.
 *
 * <p>The settings are those of a manifest's section {@code chunkformer}.
 *
 * @param hardware decides which of several encoders to use
 */
record ChunkformerLayout(Hardware hardware, GraphSummaries summaries) implements ModelLayout {
  static final String FAMILY = "chunkformer";
  static final String DESCRIPTION = "chunkformer.json";

  /** Description of the package's own export. */
  static final String PACKAGED = "onnx_config.json";

  private static final String FORMAT = "chunkformer-onnx-1";
  private static final String TOKENS = "tokens.txt";
  private static final String ENCODER = "encoder";

  @Override
  public Optional<ModelTask> task() {
    return Optional.of(ModelTask.ASR);
  }

  @Override
  public Optional<ModelFolder> read(Path folder, ExpectedFiles expected)
      throws ProcessingException, IOException {
    Set<String> names = expected.names();
    Optional<ObjectNode> said = JsonFile.readIfThere(folder.resolve(DESCRIPTION));
    if (said.isEmpty()) {
      Optional<ObjectNode> packaged = JsonFile.readIfThere(folder.resolve(PACKAGED));
      if (packaged.isPresent() && packaged.get().has("encoder_output_size")) {
        return Optional.of(new Reading(folder, expected).packaged(packaged.get()));
      }
      requireExported(folder, names);
      return Optional.empty();
    }
    if (!said.get().path("format").asText().equals(FORMAT)) {
      throw new LayoutCheck(folder)
          .wrong(
              "format %s in %s".formatted(FORMAT, DESCRIPTION),
              said.get().path("format").toString());
    }
    return Optional.of(new Reading(folder, expected).exported(said.get()));
  }

  private static void requireExported(Path folder, Set<String> names) throws ProcessingException {
    boolean isCheckpoint =
        names.contains("config.yaml")
            && names.stream().anyMatch(name -> name.startsWith("pytorch_model."));
    if (isCheckpoint) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected an exported ChunkFormer model with '%s', found a checkpoint: '%s'"
              .formatted(DESCRIPTION, folder),
          "Export the checkpoint on a workstation: python export_chunkformer.py CHECKPOINT OUT"
              + " --int8, as docs/MODELS.md says, and import OUT");
    }
  }

  private static String file(String encoder, Precision precision) {
    return precision == Precision.FP32
        ? encoder + ".onnx"
        : encoder + "." + precision.label() + ".onnx";
  }

  /** The reading of one folder. */
  private final class Reading {
    private final Path folder;
    private final ExpectedFiles expected;
    private final Set<String> names;

    Reading(Path folder, ExpectedFiles expected) throws IOException {
      this.folder = folder;
      this.expected = expected;
      names = expected.names();
    }

    /** A model as the exporter of this repository writes it. */
    ModelFolder exported(ObjectNode said) throws ProcessingException, IOException {
      Precision precision = precision(ENCODER);
      ObjectNode settings = settings(said, precision);
      SortedMap<String, ListedFile> files = expected.describe(used(settings, DESCRIPTION));
      new ChunkformerGraphs(folder, said, settings, summaries).requireFit();
      return new ModelFolder(folder, manifest(precision, files, settings));
    }

    /** A model as the package chunkformer exports it. */
    ModelFolder packaged(ObjectNode said) throws ProcessingException, IOException {
      PackagedChunkformer graphs = new PackagedChunkformer(folder, said, summaries);
      Precision precision = precision(PackagedChunkformer.ENCODER);
      ObjectNode settings =
          graphs.settings(file(PackagedChunkformer.ENCODER, precision), precision);
      SortedMap<String, ListedFile> files = expected.describe(used(settings, PACKAGED));
      graphs.requireFit(settings);
      return new ModelFolder(folder, manifest(precision, files, settings));
    }

    private Manifest manifest(
        Precision precision, SortedMap<String, ListedFile> files, ObjectNode settings)
        throws IOException {
      ModelCard card = ModelCard.read(folder);
      return new Manifest(
          String.valueOf(folder.getFileName()),
          precision.label(),
          ModelTask.ASR,
          FAMILY,
          NamedLanguages.of(folder, card),
          false,
          expected.license(card),
          EightBitEncoders.description(settings.path(ENCODER).asText(), hardware, precision),
          Waveform.SAMPLE_RATE,
          files,
          ManifestSection.whole(settings, folder.toString()));
    }

    private Precision precision(String encoder) throws ProcessingException {
      for (Precision precision : EightBitEncoders.order(hardware)) {
        if (names.contains(file(encoder, precision))) {
          return precision;
        }
      }
      throw missing(encoder + ".onnx");
    }

    private ObjectNode settings(ObjectNode said, Precision precision) throws ProcessingException {
      ObjectNode settings = JsonNodeFactory.instance.objectNode();
      settings
          .put("stem", "stem.onnx")
          .put(ENCODER, file(ENCODER, precision))
          .put("tokens", TOKENS);
      for (JsonNode head : said.path("heads")) {
        if (head.asText().equals("ctc")) {
          settings.put("ctc", "ctc.onnx");
        } else if (head.asText().equals("transducer")) {
          settings.put("predictor", "predictor.onnx").put("joiner", "joiner.onnx");
        }
      }
      if (!settings.has("ctc") && !settings.has("joiner")) {
        throw new LayoutCheck(folder)
            .wrong("the head ctc or transducer in " + DESCRIPTION, said.path("heads").toString());
      }
      settings.put("compute_type", precision.label());
      settings.put("convolution", said.path("convolution").asText("open"));
      settings.put("bands", number(said.path("feature"), "bands"));
      for (String key : List.of("size", "chunk")) {
        settings.put(key, number(said, key));
      }
      settings.put("blank", said.path("blank").asInt());
      return settings;
    }

    private int number(JsonNode said, String key) throws ProcessingException {
      if (!said.path(key).isInt() || said.path(key).asInt() < 1) {
        throw new LayoutCheck(folder)
            .wrong(
                "a number of 1 or more as %s in %s".formatted(key, DESCRIPTION),
                said.path(key).toString());
      }
      return said.path(key).asInt();
    }

    private List<String> used(ObjectNode settings, String description) throws ProcessingException {
      List<String> files = new ArrayList<>(List.of(description));
      for (String key : List.of("stem", ENCODER, "ctc", "predictor", "joiner", "tokens")) {
        if (settings.has(key)) {
          String file = settings.path(key).asText();
          if (!names.contains(file)) {
            throw missing(file);
          }
          files.add(file);
        }
      }
      return files;
    }

    private ProcessingException missing(String file) {
      return new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected '%s' in the ChunkFormer folder '%s', found none".formatted(file, folder),
          "Copy the whole folder that the exporter wrote");
    }
  }
}
