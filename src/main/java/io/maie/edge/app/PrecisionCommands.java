package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.PreparationOrder;
import io.maie.edge.config.SettingsSources;
import io.maie.edge.evaluation.EditCounts;
import io.maie.edge.evaluation.NormalisedText;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.DecoderRounding;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.graph.BlockRounding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Prepares the decoder of an installed model: rounds its weights to 8 bits, and keeps the result
 * only if a sample of speech keeps its words and takes no more time.
 */
final class PrecisionCommands {
  private static final String LANGUAGE = "en";
  private static final String SAMPLE = "kennedy.flac";

  /** Words of the sample that may differ, in parts of all. */
  private static final double MOST_DIFFERENCES = 0.05;

  /** Time of the rounded decoder, in that of floats; runs on a busy machine differ by as much. */
  private static final double MOST_TIME = 1.25;

  private final SettingsSources sources;
  private final Path samples;

  /**
   * The commands.
   *
   * @param samples the recordings that ship with the program
   */
  PrecisionCommands(SettingsSources sources, Path samples) {
    this.sources = requireNonNull(sources, "sources is null");
    this.samples = requireNonNull(samples, "samples is null");
  }

  /**
   * Carries out an order.
   *
   * @param comparing called before a sample is heard
   * @return an account of the work, one sentence; empty if there was nothing to do
   * @throws CommandException if what was asked for cannot be had
   */
  String prepare(PreparationOrder order, DecoderRounding decoders, Runnable comparing)
      throws CommandException, ProcessingException, IOException {
    return switch (order.precision()) {
      case FP32 -> {
        requireFloats(order.name(), decoders);
        yield floats(decoders);
      }
      case INT8 -> published(order.name(), decoders);
      case Q8 -> {
        requireFloats(order.name(), decoders);
        yield rounded(order, decoders, comparing);
      }
      case AUTO -> {
        if (decoders.floats().isEmpty()) {
          yield "";
        }
        yield OnnxRuntime.multipliesBlocksFast()
            ? rounded(order, decoders, comparing)
            : "This processor has no fast code for 8-bit blocks; 32-bit floats stay in use";
      }
    };
  }

  private static String floats(DecoderRounding decoders) throws ProcessingException, IOException {
    if (decoders.rounded().isEmpty()) {
      return "";
    }
    decoders.dropRounded();
    return "The rounded decoder was removed; 32-bit floats are in use";
  }

  private static String published(String name, DecoderRounding decoders)
      throws CommandException, ProcessingException, IOException {
    if (!decoders.hasPublishedBytes()) {
      throw new CommandException(
          ExitCode.USAGE,
          "'%s' has no decoder of 8 bits as published".formatted(name),
          "Pull it with --precision int8, or make one: --precision q8");
    }
    if (decoders.floats().isEmpty()) {
      return "";
    }
    decoders.dropRounded();
    decoders.dropPublishedFloats();
    return "The decoder of 32-bit floats was removed; the published one of 8 bits is in use";
  }

  private static void requireFloats(String name, DecoderRounding decoders)
      throws CommandException, IOException {
    if (decoders.floats().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "'%s' has no decoder of 32-bit floats".formatted(name),
          "Import or pull it again under another --name, with --keep-original");
    }
  }

  private String rounded(PreparationOrder order, DecoderRounding decoders, Runnable comparing)
      throws ProcessingException, IOException {
    try {
      decoders.round(BlockRounding::write);
    } catch (IOException e) {
      return "8-bit blocks were not made (%s); 32-bit floats stay in use".formatted(e.getMessage());
    }
    Comparison comparison;
    comparing.run();
    try {
      comparison = compare(order.name());
    } catch (CommandException e) {
      decoders.dropRounded();
      return "8-bit blocks could not be compared with 32-bit floats, which stay in use: "
          + e.getMessage();
    }
    if (!comparison.isGood()) {
      decoders.dropRounded();
      return "32-bit floats stay in use: " + comparison;
    }
    if (!order.keepsOriginal()) {
      decoders.dropFloats();
    }
    return "8-bit blocks are in use: %s%s"
        .formatted(
            comparison, order.keepsOriginal() ? "" : "; the decoder of 32-bit floats was removed");
  }

  private Comparison compare(String model) throws CommandException, IOException {
    JsonNode floats = heard(model, "fp32");
    JsonNode rounded = heard(model, "q8");
    return new Comparison(
        EditCounts.between(
                NormalisedText.words(text(floats), LANGUAGE),
                NormalisedText.words(text(rounded), LANGUAGE))
            .rate(),
        seconds(rounded) / seconds(floats));
  }

  private JsonNode heard(String model, String variant) throws CommandException, IOException {
    return new SampleRun(sources)
        .document(
            samples.resolve(SAMPLE),
            Map.of(
                "asr.model", model, "asr.whisper.variant", variant, "defaults.language", LANGUAGE));
  }

  private static String text(JsonNode document) {
    return document.path("results").path("raw_transcript").asText();
  }

  private static double seconds(JsonNode document) {
    for (JsonNode stage : document.path("metrics").path("stages")) {
      if (stage.path("name").asText().equals("asr")) {
        return Math.max(1e-3, stage.path("seconds").asDouble());
      }
    }
    return 1e-3;
  }

  /**
   * Rounded weights beside floats.
   *
   * @param differences words that differ, in parts of all
   * @param time of the rounded ones, in that of floats
   */
  private record Comparison(double differences, double time) {

    boolean isGood() {
      return differences <= MOST_DIFFERENCES && time <= MOST_TIME;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f %% of the sample's words differ, in %.2f of the time",
          100 * differences,
          time);
    }
  }
}
