package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Where the decoding of one file keeps its temporary files; closing it deletes them. */
final class Workplace implements AutoCloseable {
  private final Path pcm;
  private final FreeSpace space;
  private final Duration maxDuration;
  private final List<SoundFile> files = new ArrayList<>();
  private int opened;

  /**
   * @param pcm the file for the samples; temporary files lie beside it
   * @param maxDuration of a recording
   */
  Workplace(Path pcm, FreeSpace space, Duration maxDuration) {
    this.pcm = pcm;
    this.space = space;
    this.maxDuration = maxDuration;
  }

  Path pcm() {
    return pcm;
  }

  FreeSpace space() {
    return space;
  }

  /** A new file for the channels of a track. */
  TrackRecording open(int channels, SampleClock clock) throws IOException {
    TrackRecording track =
        new TrackRecording(next(), channels, clock, new TrackRecording.Storage(space, maxDuration));
    files.add(track.sound());
    return track;
  }

  /** The weighted sum of the channels of {@code sound}, in a new file. */
  Mixer.MeteredSound mix(SoundFile sound, List<ChannelUse> uses, List<SampleClock.Gap> gaps)
      throws IOException, ProcessingException {
    Mixer.MeteredSound mixed = Mixer.mix(sound, uses, gaps, new Mixer.Target(next(), space));
    files.add(mixed.sound());
    return mixed;
  }

  private Path next() {
    opened++;
    return pcm.resolveSibling(pcm.getFileName() + ".sound" + opened);
  }

  /** Deletes what was opened so far; new files may be opened. */
  void clear() throws IOException {
    for (SoundFile file : files) {
      file.close();
    }
    files.clear();
  }

  @Override
  public void close() throws IOException {
    clear();
  }
}
