package io.maie.edge.audio.decode;

import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;

/**
 * One run of ffmpeg over a source that was found fit. All channels of each track come out, as
 * floats unless they have 16 bits at most, with the time stamps of the container beside them; no
 * sample is dropped or added on the way.
 */
final class FfmpegRun {
  /** Largest single block of memory that a child may take, 256 MiB; headers can ask for more. */
  static final String MAX_ALLOCATION = String.valueOf(256 << 20);

  /**
   * Half as many taps as usual, with a window that keeps the pass band as wide; what folds down
   * from above 9.5 kHz is lowered by 53 dB at least.
   */
  private static final String SHORT_FILTER = ":filter_size=16:kaiser_beta=5";

  private static final String AMR = "amr_nb";

  /** Letters of a codec's name that all its decoders begin with, such as mp3 and mp3float. */
  private static final int CODEC_LETTERS = 3;

  private final DecodeOptions options;
  private final Ticker ticker;
  private final Programs programs;

  FfmpegRun(DecodeOptions options, Ticker ticker, Programs programs) {
    this.options = options;
    this.ticker = ticker;
    this.programs = programs;
  }

  /** Name and version of the program, for the result. */
  String version() {
    return programs.version();
  }

  /**
   * Versions that the installed programs report.
   *
   * @param version name and version of ffmpeg, for the result
   * @param formats those that may be opened, see {@link SelfContainedFormats}
   */
  record Programs(String version, String formats) {}

  /**
   * A track to decode, and where it goes.
   *
   * @param stream of the source
   * @param encoding in which ffmpeg hands its samples over
   */
  record Track(AudioStream stream, SampleEncoding encoding, TrackRecording recording) {

    /** The same track, handed over in another encoding. */
    Track with(SampleEncoding other) {
      return new Track(stream, other, recording);
    }
  }

  /**
   * The end of a run.
   *
   * @param errors the messages, as far as they were kept
   */
  record Outcome(int exitCode, ErrorLines errors) {

    /**
     * Outcome of a run that did not start.
     *
     * @param source the argument that names what was to be read
     */
    static Outcome failed(String source, String reason) {
      ErrorLines errors = new ErrorLines(source);
      errors.add(reason);
      return new Outcome(1, errors);
    }
  }

  /**
   * Signals that a track is decoded to another number of channels than its source declares, as that
   * of a broadcast whose channels change; nothing of it was taken.
   */
  static final class OtherChannelsException extends IOException {
    private static final long serialVersionUID = 1L;
    private final int index;
    private final int channels;

    OtherChannelsException(int index, int channels) {
      super("expected other channels, found " + channels + " of track " + index);
      this.index = index;
      this.channels = channels;
    }

    /** The index of the track among those to decode, from 0. */
    int index() {
      return index;
    }

    int channels() {
      return channels;
    }
  }

  /**
   * Decodes {@code tracks} of a source, to its end or to the first damage that ends ffmpeg.
   *
   * @throws OtherChannelsException before the first sample, if a track has others than its source
   *     declares
   */
  Outcome decode(FfmpegProbe.Reading input, List<Track> tracks, StallTimeout.Look progress)
      throws ProcessingException, TaskStoppedException, IOException {
    ErrorLines errors =
        new ErrorLines(
            input.argument(),
            line -> tellsOfDamage(line, tracks),
            tracks.get(0).recording()::samples);
    try (ChildProcess child = ChildProcess.start(command(input, tracks), errors)) {
      StallTimeout stallTimeout = new StallTimeout(ticker, options.stallTimeout(), "ffmpeg");
      stallTimeout.await(child.onOutput(output -> read(output, tracks)), progress);
      return new Outcome(stallTimeout.await(child.exit(), progress), errors);
    }
  }

  /** Waits for {@code work} beside the decoder as long as it goes on. */
  <T> T await(Future<T> work, StallTimeout.Look progress)
      throws ProcessingException, TaskStoppedException, IOException {
    return new StallTimeout(ticker, options.stallTimeout(), "reading the recording")
        .await(work, progress);
  }

  private static long read(InputStream output, List<Track> tracks)
      throws IOException, ProcessingException {
    Tracks sink = new Tracks(tracks);
    new MatroskaReader(output, sink).readAll();
    return tracks.get(0).recording().samples();
  }

  /** Gives each block to the recording of its track. */
  private static final class Tracks implements MatroskaReader.BlockSink {
    private final List<Track> tracks;
    private TrackRecording current;

    Tracks(List<Track> tracks) {
      this.tracks = tracks;
      this.current = tracks.get(0).recording();
    }

    @Override
    public void channels(int track, int channels) throws IOException {
      if (channels != recording(track).channels()) {
        throw new OtherChannelsException(track - 1, channels);
      }
    }

    @Override
    public void codec(int track, String codec) throws IOException {
      recording(track).encode(SampleEncoding.of(codec));
    }

    @Override
    public int begin(int track, long millis) throws IOException {
      current = recording(track);
      current.stamp(millis);
      return current.frameBytes();
    }

    private TrackRecording recording(int track) throws IOException {
      if (track < 1 || track > tracks.size()) {
        throw new MatroskaReader.MalformedStreamException("a track " + track);
      }
      return tracks.get(track - 1).recording();
    }

    @Override
    public void accept(ByteBuffer piece) throws IOException, ProcessingException {
      current.add(piece);
    }
  }

  private List<String> command(FfmpegProbe.Reading input, List<Track> tracks) {
    List<String> command =
        new ArrayList<>(
            List.of(
                options.ffmpeg(),
                "-nostdin",
                "-hide_banner",
                "-v",
                "error",
                "-max_alloc",
                MAX_ALLOCATION,
                "-protocol_whitelist",
                SourceName.protocols(input.argument()),
                "-format_whitelist",
                programs.formats()));
    command.addAll(input.options());
    command.addAll(List.of("-i", input.argument()));
    for (int i = 0; i < tracks.size(); i++) {
      AudioStream stream = tracks.get(i).stream();
      command.addAll(
          List.of(
              "-map",
              "0:" + stream.index(),
              "-filter:a:" + i,
              resampling(stream),
              "-c:a:" + i,
              tracks.get(i).encoding().encoder()));
    }
    command.addAll(
        List.of(
            "-map_metadata",
            "-1",
            "-map_chapters",
            "-1",
            "-f",
            "matroska",
            // nobody checks what comes through a pipe, and checksums cost a tenth of ffmpeg's time
            "-write_crc32",
            "0",
            "pipe:1"));
    return command;
  }

  /** Few samples are dear to resample with a long filter; telephones have few. */
  private static String resampling(AudioStream stream) {
    return "aresample="
        + Waveform.SAMPLE_RATE
        + (stream.sampleRate() > Waveform.SAMPLE_RATE ? SHORT_FILTER : "");
  }

  /**
   * The program itself speaks only of what it was told to decode, and decoders are named after
   * their codec; what decoders of pictures and containers say tells nothing about the sound, but
   * for checksums. The decoder of AMR knows no damage: it complains of frames without sound.
   */
  private static boolean tellsOfDamage(ErrorLines.Line line, List<Track> tracks) {
    String text = line.text().toLowerCase(Locale.ROOT);
    if (tracks.stream().allMatch(track -> track.stream().codec().equals(AMR))) {
      return false;
    }
    return line.speaker().isEmpty()
        || text.contains("crc mismatch")
        || text.contains("corrupt")
        || tracks.stream().anyMatch(track -> isDecoderOf(line.speaker(), track.stream().codec()));
  }

  private static boolean isDecoderOf(String speaker, String codec) {
    String letters = codec.substring(0, Math.min(CODEC_LETTERS, codec.length()));
    return speaker.startsWith(letters) || speaker.startsWith("lib" + letters);
  }
}
