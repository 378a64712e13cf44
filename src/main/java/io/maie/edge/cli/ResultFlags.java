package io.maie.edge.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that decide what a result holds, whether or not the recording is heard again. */
final class ResultFlags {
  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description = "Files to write: json, txt, srt, vtt, rttm, md, html (json is always written).")
  private @Nullable List<String> formats;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "FEATURE",
      description = "raw_transcript, clean_transcript, summary, enhancement_metrics.")
  private @Nullable List<String> features;

  @Option(names = "--template-id", paramLabel = "ID", description = "Template of the summary.")
  private @Nullable String templateId;

  @Option(
      names = "--cleaning",
      split = ",",
      paramLabel = "STEP",
      description = "For clean_transcript also: fillers, numbers, commands.")
  private @Nullable List<String> cleaning;

  @Option(
      names = "--num-speakers",
      paramLabel = "N",
      description = "The number of speakers, if you know it.")
  private @Nullable Integer numSpeakers;

  /**
   * The options that were typed.
   *
   * @param flags by keys of sidecars, the other options of {@code command} that have other names
   */
  TypedParameters typed(String command, Map<String, String> flags) {
    Map<String, String> names = new HashMap<>(flags);
    names.put("output_formats", "--format");
    return new TypedParameters(command, names)
        .with("output_formats", formats)
        .with("features", features)
        .with("template_id", templateId)
        .with("cleaning", cleaning)
        .with("num_speakers", numSpeakers);
  }
}
