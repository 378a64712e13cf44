package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Decodes with the ffmpeg and ffprobe programs as child processes, which may read files and nothing
 * else. Every way out of {@link #decode} leaves no process behind, and a failed one no samples.
 * Thread-safe.
 */
public final class FfmpegDecoder implements AudioDecoder {
  private final DecodeOptions options;
  private final Ticker ticker;

  /** Asked for once; a program that is replaced while we run keeps its old name here. */
  private volatile FfmpegRun.@Nullable Programs programs;

  public FfmpegDecoder(DecodeOptions options, Ticker ticker) {
    this.options = requireNonNull(options, "options is null");
    this.ticker = requireNonNull(ticker, "ticker is null");
  }

  @Override
  public DecodedAudio decode(Path recording, Path pcm, SoundSelection wanted, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    context.tick(0);
    requireReadable(recording);
    FfmpegRun.Programs asked = programs();
    FreeSpace space =
        new FreeSpace(pcm.toAbsolutePath().resolveSibling(""), options.diskMarginBytes());
    ScratchFiles scratch = new ScratchFiles(pcm, space, options.maxDuration());
    try (SourceChecksum checksum = SourceChecksum.start(recording);
        SourceName name = SourceName.of(recording, scratch)) {
      FfmpegProbe.Question question =
          new FfmpegProbe(options, ticker, asked.formats()).about(name, context);
      FfmpegProbe.Source source = question.whole();
      requireWithinLimits(source);
      space.require(0);
      FfmpegRun run = new FfmpegRun(options, ticker, asked);
      return new Decoding(
              new Decoding.Tools(options, question, run),
              source,
              new Decoding.Place(name, wanted, scratch))
          .decode(checksum, context);
    } catch (MatroskaReader.MalformedStreamException e) {
      throw DecodeFailures.strangeAnswer(e);
    }
  }

  private void requireReadable(Path recording) throws ProcessingException, IOException {
    if (!Files.isRegularFile(recording, LinkOption.NOFOLLOW_LINKS)) {
      throw new ProcessingException(
          FailureCode.FILE_SYSTEM_ERROR,
          "Expected a regular file, found none at '" + recording.getFileName() + "'",
          "Put the recording itself there, not a link to it");
    }
    if (!Files.isReadable(recording)) {
      throw new ProcessingException(
          FailureCode.PERMISSION_DENIED,
          "Expected a readable file, found that the program may not read it",
          "Let the service's group read the file");
    }
    long bytes = Files.size(recording);
    if (bytes == 0) {
      throw DecodeFailures.empty("a file of 0 bytes");
    }
    if (bytes > options.maxBytes()) {
      throw DecodeFailures.tooLarge(bytes, options.maxBytes());
    }
  }

  private void requireWithinLimits(FfmpegProbe.Source source) throws ProcessingException {
    AudioStream stream = source.stream();
    if (stream.channels() > options.maxChannels()) {
      throw DecodeFailures.unsupported(
          stream.channels() + " channels, more than " + options.maxChannels());
    }
    if (stream.sampleRate() > options.maxSampleRate()) {
      throw DecodeFailures.unsupported(
          stream.sampleRate() + " samples a second, more than " + options.maxSampleRate());
    }
  }

  private FfmpegRun.Programs programs()
      throws ProcessingException, TaskStoppedException, IOException {
    FfmpegRun.Programs known = programs;
    if (known == null) {
      known =
          new FfmpegRun.Programs(
              "ffmpeg " + ProgramVersion.of(options.ffmpeg(), ticker),
              SelfContainedFormats.of(options.ffprobe(), ticker));
      programs = known;
    }
    return known;
  }
}
