package io.maie.edge.audio.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maie.edge.audio.container.Completeness;
import io.maie.edge.audio.container.ContainerCheck;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Asks ffprobe what a file is, and refuses what cannot become samples. */
final class FfmpegProbe {
  /** More than any answer about a recording: a hostile file may have very many streams. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  /** Sample entries of protected sound in MP4: iTunes, common encryption, Audible, OMA. */
  private static final Set<String> PROTECTED = Set.of("drms", "drmi", "enca", "aavd", "p608");

  /** ffmpeg's word for a duration that the container does not declare. */
  private static final String ESTIMATED = "estimating duration from bitrate";

  private final DecodeOptions options;
  private final Ticker ticker;

  FfmpegProbe(DecodeOptions options, Ticker ticker) {
    this.options = options;
    this.ticker = ticker;
  }

  /**
   * Stream to decode, with its declared properties.
   *
   * @param stream the audio track that the file prefers
   * @param others its other audio tracks that can be decoded
   * @param format container and codec, such as {@code wav/pcm_s16le}
   * @param inputOptions with which ffmpeg reads it, beyond the usual ones
   * @param declaredSeconds what the container declares, if it does
   * @param expectedSeconds the same, or an estimate that may be far off; for progress only
   * @param hasPicture whether moving pictures run beside the sound
   * @param container whether the bytes that the container declares are there
   * @param bytes size of the file
   */
  record Source(
      AudioStream stream,
      List<AudioStream> others,
      String format,
      List<String> inputOptions,
      OptionalDouble declaredSeconds,
      OptionalDouble expectedSeconds,
      boolean hasPicture,
      Completeness container,
      long bytes) {

    /** This source, declaring another duration. */
    Source declaring(OptionalDouble seconds) {
      return new Source(
          stream,
          others,
          format,
          inputOptions,
          seconds,
          expectedSeconds,
          hasPicture,
          container,
          bytes);
    }

    /** This source, read with other options. */
    Source with(List<String> otherOptions) {
      return new Source(
          stream,
          others,
          format,
          otherOptions,
          declaredSeconds,
          expectedSeconds,
          hasPicture,
          container,
          bytes);
    }

    /** Name of the container alone. */
    String containerName() {
      return format.substring(0, format.indexOf('/'));
    }
  }

  /**
   * @param formats those that may be opened, see {@link SelfContainedFormats}
   */
  Source probe(Path recording, SourceName name, String formats, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    ForeignDictation.refuse(recording);
    Optional<RawTelephone> raw = RawTelephone.of(recording);
    if (raw.isPresent()) {
      return raw(raw.get(), Files.size(recording));
    }
    return probed(recording, name.argument(), formats, context);
  }

  /**
   * The same for a recording with a header, or a part of one.
   *
   * @param argument that names it to ffmpeg
   */
  Source probed(Path recording, String argument, String formats, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    try (ChildProcess child = ChildProcess.start(command(argument, formats), argument)) {
      StallTimeout stallTimeout = new StallTimeout(ticker, options.probeTimeout(), "ffprobe");
      StallTimeout.Look look = StallTimeout.Look.stopping(context, () -> 0);
      byte[] answer = stallTimeout.await(child.onOutput(FfmpegProbe::bounded), look);
      // only after its end has all that it said arrived
      int exitCode = stallTimeout.await(child.exit(), look);
      DecodeFailures.requireOwnEnd(exitCode, "ffprobe", child.errors());
      ProbeReport report = parsed(answer);
      if (report.format().isEmpty()) {
        throw DecodeFailures.notUnderstood(
            FileKind.of(recording), Files.size(recording), child.errors());
      }
      return source(
          report, child.errors(), new ContainerCheck().check(recording), Files.size(recording));
    }
  }

  private static Source raw(RawTelephone raw, long bytes) {
    return new Source(
        raw.stream(),
        List.of(),
        "raw/" + raw.codec(),
        raw.options(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        false,
        ContainerCheck.unknown(),
        bytes);
  }

  private List<String> command(String argument, String formats) {
    return List.of(
        options.ffprobe(),
        "-hide_banner",
        "-v",
        "warning",
        "-protocol_whitelist",
        SourceName.protocols(argument),
        "-format_whitelist",
        formats,
        "-max_alloc",
        FfmpegRun.MAX_ALLOCATION,
        "-show_entries",
        "format=format_name,duration"
            + ":stream=index,codec_type,codec_name,codec_tag_string,sample_rate,channels,duration,duration_ts"
            + ":stream_tags=DURATION,title,language:stream_disposition=default,attached_pic",
        "-of",
        "json=compact=1",
        "-i",
        argument);
  }

  /** All that ffprobe says; what says more is given up, as it never comes to its end unread. */
  private static byte[] bounded(InputStream output) throws IOException, ProcessingException {
    byte[] answer = output.readNBytes(MAX_ANSWER_BYTES + 1);
    if (answer.length > MAX_ANSWER_BYTES) {
      throw DecodeFailures.unsupported("more streams than any recording has");
    }
    return answer;
  }

  /** An answer that breaks off is one about a file that ffprobe could not open. */
  private static ProbeReport parsed(byte[] answer) throws IOException {
    try {
      return ProbeReport.parse(answer);
    } catch (JsonProcessingException e) {
      return new ProbeReport("", List.of(), List.of(), OptionalDouble.empty());
    }
  }

  private static Source source(
      ProbeReport report, ErrorLines notes, Completeness container, long bytes)
      throws ProcessingException {
    List<AudioStream> streams = report.byPreference();
    if (streams.isEmpty()) {
      throw DecodeFailures.noAudio(onlyOthers(report));
    }
    AudioStream stream = streams.get(0);
    if (PROTECTED.contains(stream.tag()) || notes.mention("drm protected")) {
      throw DecodeFailures.drm(stream.tag());
    }
    if (!stream.isDecodable()) {
      throw DecodeFailures.unsupported(
          stream.codec().isEmpty()
              ? "an unknown codec ('" + stream.tag() + "')"
              : "the codec '" + stream.codec() + "' with unknown rate or channels");
    }
    boolean estimated = notes.mention(ESTIMATED);
    OptionalDouble expected = report.seconds(stream);
    return new Source(
        stream,
        streams.subList(1, streams.size()).stream().filter(AudioStream::isDecodable).toList(),
        report.container() + "/" + stream.codec(),
        List.of(),
        estimated ? OptionalDouble.empty() : expected,
        expected.isPresent() ? expected : report.containerSeconds(),
        !report.others().isEmpty(),
        container,
        bytes);
  }

  private static String onlyOthers(ProbeReport report) {
    if (report.format().equals("tty")) {
      return "text";
    }
    if (report.format().startsWith("image2") || report.format().endsWith("_pipe")) {
      return "a picture";
    }
    return "no sound in it, only " + String.join(", ", report.others());
  }
}
