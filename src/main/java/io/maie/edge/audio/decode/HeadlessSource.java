package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.ByteSpan;
import io.maie.edge.audio.container.ContainerCheck;
import io.maie.edge.audio.container.MisreadHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Sources whose samples ffmpeg is told how to read, since no header tells it, or a wrong one. */
final class HeadlessSource {
  private HeadlessSource() {}

  /** Sound behind a header that decoders misread. */
  static FfmpegProbe.Source misread(MisreadHeader header, SourceName name) throws IOException {
    boolean isTold = header.sampleRate() > 0 && header.channels() > 0;
    GuessedLayout layout =
        isTold
            ? new GuessedLayout(header.sampleRate(), header.channels(), "")
            : GuessedLayout.of(name.recording(), header);
    AudioStream stream =
        new AudioStream(
            0,
            header.codec(),
            "",
            layout.sampleRate(),
            layout.channels(),
            false,
            OptionalDouble.empty(),
            true,
            "",
            "");
    List<String> options = RawSound.of(stream).map(RawSound::options).orElseThrow();
    String argument = name.argument(new ByteSpan(header.start(), header.end()));
    FfmpegProbe.Reading reading =
        new FfmpegProbe.Reading(argument, options, 0).assuming(layout.assumption());
    return of(header.container(), stream, reading, name.recording());
  }

  /** Sound without a header. */
  static FfmpegProbe.Source of(
      String container, AudioStream stream, FfmpegProbe.Reading reading, Path recording)
      throws IOException {
    return new FfmpegProbe.Source(
        stream,
        List.of(),
        container + "/" + stream.codec(),
        reading,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        false,
        container.equals("raw") ? ContainerCheck.unknown() : new ContainerCheck().check(recording),
        Files.size(recording));
  }
}
