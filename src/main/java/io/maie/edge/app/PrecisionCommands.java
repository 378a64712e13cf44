package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.DecoderPrecision;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.PreparationOrder;
import io.maie.edge.config.Settings;
import io.maie.edge.evaluation.EditCounts;
import io.maie.edge.evaluation.NormalisedText;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.DecoderRounding;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.onnx.graph.BlockRounding;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prepares the decoder of an installed model: rounds its weights to 8 bits, and keeps the result
 * only if a sample of speech keeps its words, and takes no more time or 8 bits were asked for.
 */
final class PrecisionCommands {
  private static final String LANGUAGE = "en";
  private static final String SAMPLE = "kennedy.flac";

  /** Words of the sample that may differ, in parts of all. */
  private static final double MOST_DIFFERENCES = 0.05;

  /** Time of the rounded decoder, in that of floats; runs on a busy machine differ by as much. */
  private static final double MOST_TIME = 1.25;

  /** Shorter times are not told apart. */
  private static final double LEAST_SECONDS = 1e-3;

  private final SampleHearing sample;

  /**
   * The commands.
   *
   * @param samples the recordings that ship with the program
   * @param stopwatch measures how long a decoder takes
   */
  PrecisionCommands(Settings settings, Path samples, Ticker stopwatch) {
    requireNonNull(samples, "samples is null");
    sample = new SampleHearing(settings, samples.resolve(SAMPLE), stopwatch);
  }

  /**
   * Carries out an order.
   *
   * @param comparing called before a sample is heard
   * @return an account of the work, one sentence; empty if there was nothing to do
   * @throws CommandException if the order cannot be carried out
   */
  String prepare(PreparationOrder order, DecoderRounding decoders, Runnable comparing)
      throws CommandException, ProcessingException, IOException {
    if (order.precision() != DecoderPrecision.AUTO && !decoders.exist()) {
      throw new CommandException(
          ExitCode.USAGE,
          "'%s' is used in the precision of its files, and --precision was given"
              .formatted(order.name()),
          "--precision chooses the decoder of a Whisper model; leave it out for this one");
    }
    return switch (order.precision()) {
      case FP32 -> {
        requireFloats(order.name(), decoders);
        yield floats(decoders);
      }
      case INT8 -> published(order.name(), decoders);
      case Q8 -> {
        requireFloats(order.name(), decoders);
        Outcome outcome = round(order, decoders, comparing);
        if (!outcome.isRounded()) {
          throw new CommandException(
              ExitCode.FAILED,
              "'%s' has no decoder of 8-bit blocks, which was asked for. %s"
                  .formatted(order.name(), outcome.account()),
              "The model stays installed and is used as it is; 'models list' tells its precision");
        }
        yield outcome.account();
      }
      case AUTO -> {
        if (decoders.floats().isEmpty()) {
          yield "";
        }
        yield OnnxRuntime.multipliesBlocksFast()
            ? round(order, decoders, comparing).account()
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

  private Outcome round(PreparationOrder order, DecoderRounding decoders, Runnable comparing)
      throws ProcessingException, IOException {
    try {
      decoders.round(BlockRounding::write);
    } catch (IOException e) {
      return Outcome.floats(
          "8-bit blocks were not made (%s); 32-bit floats stay in use".formatted(e.getMessage()));
    }
    Comparison comparison;
    comparing.run();
    try {
      comparison = compare(decoders);
    } catch (ProcessingException e) {
      decoders.dropRounded();
      return Outcome.floats(
          "8-bit blocks could not be compared with 32-bit floats, which stay in use: "
              + e.getMessage());
    }
    boolean isAskedFor = order.precision() == DecoderPrecision.Q8;
    boolean isTooSlow = !isAskedFor && comparison.isSlower();
    if (!comparison.keepsWords() || isTooSlow) {
      decoders.dropRounded();
      return Outcome.floats("32-bit floats stay in use: " + comparison);
    }
    if (!order.keepsOriginal()) {
      decoders.dropFloats();
    }
    return Outcome.rounded(
        "8-bit blocks are in use: %s%s"
            .formatted(
                comparison,
                order.keepsOriginal() ? "" : "; the decoder of 32-bit floats was removed"));
  }

  private Comparison compare(DecoderRounding decoders) throws ProcessingException, IOException {
    SampleHearing.Heard floats = sample.with(decoders.modelOfFloats());
    SampleHearing.Heard rounded = sample.with(decoders.modelOfRounded());
    return new Comparison(
        EditCounts.between(
                NormalisedText.words(floats.text(), LANGUAGE),
                NormalisedText.words(rounded.text(), LANGUAGE))
            .rate(),
        rounded.seconds() / Math.max(LEAST_SECONDS, floats.seconds()));
  }

  /**
   * Outcome of rounding.
   *
   * @param isRounded whether the rounded decoder is in use
   * @param account one sentence
   */
  private record Outcome(boolean isRounded, String account) {

    static Outcome rounded(String account) {
      return new Outcome(true, account);
    }

    static Outcome floats(String account) {
      return new Outcome(false, account);
    }
  }

  /**
   * Rounded weights beside floats.
   *
   * @param differences words that differ, in parts of all
   * @param time of the rounded ones, in that of floats
   */
  private record Comparison(double differences, double time) {

    boolean keepsWords() {
      return differences <= MOST_DIFFERENCES;
    }

    boolean isSlower() {
      return time > MOST_TIME;
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
