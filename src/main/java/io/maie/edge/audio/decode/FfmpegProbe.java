package io.maie.edge.audio.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maie.edge.audio.container.ByteSpan;
import io.maie.edge.audio.container.Completeness;
import io.maie.edge.audio.container.ContainerCheck;
import io.maie.edge.audio.container.EditList;
import io.maie.edge.audio.container.FlvTags;
import io.maie.edge.audio.container.HiddenSound;
import io.maie.edge.audio.container.MisreadHeader;
import io.maie.edge.audio.container.OpusHead;
import io.maie.edge.audio.container.SoundEnd;
import io.maie.edge.audio.container.SoundParts;
import io.maie.edge.audio.container.UnlistedSound;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Asks ffprobe what a file is, and refuses what cannot become samples. */
final class FfmpegProbe {
  /** More than any answer about a recording: a hostile file may have very many streams. */
  private static final int MAX_ANSWER_BYTES = 4 << 20;

  /** Sample entries of protected sound in MP4: iTunes, common encryption, Audible, OMA. */
  private static final Set<String> PROTECTED = Set.of("drms", "drmi", "enca", "aavd", "p608");

  /** ffmpeg's word for a duration that the container does not declare. */
  private static final String ESTIMATED = "estimating duration from bitrate";

  private static final List<String> NO_EDIT_LIST = List.of("-ignore_editlist", "1");
  private static final List<String> NO_SIZES_BEHIND = List.of("-flv_ignore_prevtag", "1");
  private static final List<String> KEEP_ALL = List.of("-flags2", "skip_manual");

  /** Encoders' own delay and the end of a last frame are shorter, in seconds. */
  private static final double LEAST_HIDDEN = 0.5;

  /** Decoders of Opus need less than that to settle, in seconds. */
  private static final double LEAST_SKIPPED = 0.1;

  private final DecodeOptions options;
  private final Ticker ticker;
  private final String formats;

  /**
   * @param formats those that may be opened, see {@link SelfContainedFormats}
   */
  FfmpegProbe(DecodeOptions options, Ticker ticker, String formats) {
    this.options = options;
    this.ticker = ticker;
    this.formats = formats;
  }

  /**
   * A way in which ffmpeg reads a source.
   *
   * @param argument the argument that names the source
   * @param options beyond the usual ones
   * @param hiddenSeconds of sound that the container tells players to leave out, and that is read
   * @param assumption what was assumed since the container does not tell it; empty if nothing was
   */
  record Reading(String argument, List<String> options, double hiddenSeconds, String assumption) {

    /** A reading that assumes nothing. */
    Reading(String argument, List<String> options, double hiddenSeconds) {
      this(argument, options, hiddenSeconds, "");
    }

    /** The same, with an assumption. */
    Reading assuming(String words) {
      return new Reading(argument, options, hiddenSeconds, words);
    }

    /** The source as it stands in the file. */
    static Reading plain(String argument) {
      return new Reading(argument, List.of(), 0);
    }
  }

  /**
   * Stream to decode, with its declared properties.
   *
   * @param stream the audio track that the file prefers
   * @param others its other audio tracks that can be decoded
   * @param format container and codec, such as {@code wav/pcm_s16le}
   * @param reading the way in which ffmpeg reads it
   * @param declaredSeconds the duration that the container declares, if it does
   * @param expectedSeconds the same, or an estimate that may be far off; for progress only
   * @param hasPicture whether moving pictures run beside the sound
   * @param container whether the bytes that the container declares are there
   * @param bytes size of the file
   */
  record Source(
      AudioStream stream,
      List<AudioStream> others,
      String format,
      Reading reading,
      OptionalDouble declaredSeconds,
      OptionalDouble expectedSeconds,
      boolean hasPicture,
      Completeness container,
      long bytes) {

    /** This source, declaring another duration. */
    Source declaring(OptionalDouble seconds) {
      return new Source(
          stream, others, format, reading, seconds, expectedSeconds, hasPicture, container, bytes);
    }

    /** This source, declaring sound that its index does not list. */
    Source lacking(UnlistedSound unlisted) {
      return new Source(
          stream,
          others,
          format,
          reading,
          OptionalDouble.of(unlisted.seconds()),
          expectedSeconds,
          hasPicture,
          unlisted.completeness(),
          bytes);
    }

    /** This source, read in another way. */
    Source with(Reading other) {
      return new Source(
          stream,
          others,
          format,
          other,
          declaredSeconds,
          expectedSeconds,
          hasPicture,
          container,
          bytes);
    }

    /** This source, read with other options. */
    Source with(List<String> options) {
      return with(
          new Reading(reading.argument(), options, reading.hiddenSeconds(), reading.assumption()));
    }

    /** Name of the container alone. */
    String containerName() {
      return format.substring(0, format.indexOf('/'));
    }
  }

  /** Looks at a file and at parts of it. */
  Question about(SourceName name, StageContext context) {
    return new Question(name, context);
  }

  /**
   * The answer of ffprobe.
   *
   * @param notes the lines on its error output
   */
  private record Answer(ProbeReport report, ErrorLines notes) {}

  /** Questions about one file. */
  final class Question {
    private final SourceName name;
    private final Path recording;
    private final StageContext context;

    private Question(SourceName name, StageContext context) {
      this.name = name;
      this.recording = name.recording();
      this.context = context;
    }

    /** The file as its first recording describes it. */
    Source whole() throws ProcessingException, TaskStoppedException, IOException {
      ForeignDictation.refuse(recording);
      Optional<RawTelephone> raw = RawTelephone.of(recording);
      if (raw.isPresent()) {
        ByteSpan sound = raw.get().sound(recording);
        Reading reading = new Reading(name.argument(sound), raw.get().options(), 0);
        return HeadlessSource.of("raw", raw.get().stream(), reading, recording);
      }
      return part(new ByteSpan(0, Files.size(recording)));
    }

    /** A recording with a header, which the file holds at {@code bytes}. */
    Source part(ByteSpan bytes) throws ProcessingException, TaskStoppedException, IOException {
      Optional<MisreadHeader> misread = MisreadHeader.of(recording, bytes);
      if (misread.isPresent()) {
        return HeadlessSource.misread(misread.get(), name);
      }
      OptionalLong begin = HiddenSound.begin(recording, bytes.start());
      if (begin.isEmpty() && FileKind.of(recording).mayPrecede()) {
        begin = SoundParts.begin(recording, bytes.start());
      }
      if (begin.isPresent() && begin.getAsLong() < bytes.end()) {
        return part(new ByteSpan(begin.getAsLong(), bytes.end()));
      }
      OptionalLong end = SoundEnd.of(recording, bytes);
      if (end.isPresent()) {
        return part(new ByteSpan(bytes.start(), end.getAsLong()));
      }
      boolean isWhole = bytes.start() == 0 && bytes.end() == Files.size(recording);
      String argument = isWhole ? name.argument() : name.argument(bytes);
      List<String> inputOptions =
          FlvTags.haveWrongSizesBehind(recording, bytes.start()) ? NO_SIZES_BEHIND : List.of();
      Answer answer = ask(argument, inputOptions);
      if (answer.report().format().isEmpty()) {
        throw DecodeFailures.notUnderstood(recording, answer.notes());
      }
      Source source = source(answer, argument).with(inputOptions);
      return switch (source.containerName()) {
        case "mp4" -> {
          Optional<EditList> edits = EditList.of(recording, bytes.start(), source.stream().index());
          yield edits.isPresent()
              ? withUnlisted(FfmpegProbe.withHidden(source, edits.get()), recording)
              : withHidden(source);
        }
        case "ogg", "matroska" -> withSkipped(source, bytes.start());
        default -> source;
      };
    }

    private Answer ask(String argument, List<String> inputOptions)
        throws ProcessingException, TaskStoppedException, IOException {
      List<String> command = command(argument, inputOptions);
      try (ChildProcess child = ChildProcess.start(command, argument)) {
        StallTimeout stallTimeout = new StallTimeout(ticker, options.probeTimeout(), "ffprobe");
        StallTimeout.Look look = StallTimeout.Look.stopping(context, () -> 0);
        byte[] answer = stallTimeout.await(child.onOutput(FfmpegProbe::bounded), look);
        // only after its end has all that it said arrived
        int exitCode = stallTimeout.await(child.exit(), look);
        DecodeFailures.requireOwnEnd("ffprobe", new FfmpegRun.Outcome(exitCode, child.errors()));
        return new Answer(parsed(answer), child.errors());
      }
    }

    private Source source(Answer answer, String argument) throws ProcessingException, IOException {
      ProbeReport report = answer.report();
      ErrorLines notes = answer.notes();
      List<AudioStream> streams = report.byPreference();
      if (streams.isEmpty()) {
        FileKind.Kind kind = FileKind.of(recording);
        boolean isNone = report.isGuessed() && kind.isUnknown();
        throw DecodeFailures.noAudio(isNone ? kind.words() : onlyOthers(report));
      }
      AudioStream stream = streams.get(0);
      if (PROTECTED.contains(stream.tag()) || notes.mention("drm protected")) {
        throw DecodeFailures.drm(stream.tag());
      }
      if (report.isGuessed()) {
        GuessedFormat.requireSound(recording, report, stream);
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
          Reading.plain(argument),
          estimated ? OptionalDouble.empty() : expected,
          expected.isPresent() ? expected : report.containerSeconds(),
          !report.others().isEmpty(),
          new ContainerCheck().check(recording),
          Files.size(recording));
    }

    /** Sound that a header of Opus leaves out at the beginning is read all the same. */
    private Source withSkipped(Source source, long start) throws IOException {
      boolean isOpus = source.stream().codec().equals("opus");
      double skipped = isOpus ? OpusHead.skippedSeconds(recording, start) : 0;
      return skipped < LEAST_SKIPPED
          ? source
          : source.with(new Reading(source.reading().argument(), KEEP_ALL, skipped));
    }

    /** Reads all of sound in fragments, whose length no table gives. */
    private Source withHidden(Source source)
        throws ProcessingException, TaskStoppedException, IOException {
      ProbeReport unedited = ask(source.reading().argument(), NO_EDIT_LIST).report();
      OptionalDouble all =
          unedited.audio().stream()
              .filter(stream -> stream.index() == source.stream().index())
              .findFirst()
              .map(unedited::seconds)
              .orElse(OptionalDouble.empty());
      double shown = source.declaredSeconds().orElse(0);
      return shown == 0
          ? source
          : FfmpegProbe.withHidden(source, new EditList(all.orElse(0), shown));
    }
  }

  /** Sound that an edit list of MP4 leaves out is read all the same. */
  private static Source withHidden(Source source, EditList edits) {
    double hidden = edits.storedSeconds() - edits.shownSeconds();
    boolean isMuch = hidden >= LEAST_HIDDEN;
    // where a table of times makes the sound too short, edits hide all of it
    boolean isMost = hidden > 0 && hidden > edits.shownSeconds();
    Reading all = new Reading(source.reading().argument(), NO_EDIT_LIST, isMuch ? hidden : 0);
    return !isMuch && !isMost
        ? source
        : source.with(all).declaring(OptionalDouble.of(edits.storedSeconds()));
  }

  /** Sound that the index does not list counts as declared, and may be missing. */
  private static Source withUnlisted(Source source, Path recording) throws IOException {
    Optional<UnlistedSound> unlisted = UnlistedSound.of(recording, source.stream().index());
    return unlisted.isPresent() ? source.lacking(unlisted.get()) : source;
  }

  private List<String> command(String argument, List<String> inputOptions) {
    List<String> command = new ArrayList<>(List.of(options.ffprobe()));
    command.addAll(inputOptions);
    command.addAll(
        List.of(
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
            "format=format_name,duration,probe_score"
                + ":stream=index,codec_type,codec_name,codec_tag_string,sample_fmt,sample_rate"
                + ",channels,duration,duration_ts"
                + ":stream_tags=DURATION,title,language:stream_disposition=default,attached_pic",
            "-of",
            "json=compact=1",
            "-i",
            argument));
    return command;
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
      return new ProbeReport("", List.of(), List.of(), OptionalDouble.empty(), true);
    }
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
