package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Temporary files of the decoding of one file; closing it deletes them. */
final class Workplace implements AutoCloseable {
  private final Path pcm;
  private final FreeSpace space;
  private final Duration maxDuration;
  private final List<SoundFile> files = new ArrayList<>();
  private int opened;

  /** Channels that are recognised by themselves. */
  private int separate;

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
    if (channels == 1) {
      return open(channels, clock, true, null);
    }
    Mixer mixer = Mixer.evenly(channels, new Mixer.Target(next(), space));
    files.add(mixer.mixed().sound());
    return open(channels, clock, true, mixer);
  }

  /** Measurements of a track whose samples are not kept. */
  TrackRecording measure(int channels) throws IOException {
    return open(channels, SampleClock.disabled(), false, null);
  }

  private TrackRecording open(
      int channels, SampleClock clock, boolean isKept, @Nullable Mixer mixer) throws IOException {
    TrackRecording track =
        new TrackRecording(
            next(), channels, clock, new TrackRecording.Storage(space, maxDuration, isKept, mixer));
    files.add(track.sound());
    return track;
  }

  /** Weighted sums of the channels of {@code sound}, in new files. */
  List<Mixer.MeteredSound> mix(
      SoundFile sound, List<Mixer.Order> orders, List<SampleClock.Gap> gaps)
      throws IOException, ProcessingException {
    List<Mixer.Target> targets =
        orders.stream().map(order -> new Mixer.Target(next(), space)).toList();
    List<Mixer.MeteredSound> mixed = Mixer.mix(sound, orders, gaps, targets);
    mixed.forEach(each -> files.add(each.sound()));
    return mixed;
  }

  /** The file for the samples of a channel that is recognised by itself; {@code index} from 0. */
  Path separatePcm(int index) {
    separate = Math.max(separate, index + 1);
    return pcm.resolveSibling(pcm.getFileName() + ".channel" + (index + 1));
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

  /** Deletes what was made for the recogniser. */
  void deleteSamples() throws IOException {
    Files.deleteIfExists(pcm);
    for (int i = 0; i < separate; i++) {
      Files.deleteIfExists(separatePcm(i));
    }
  }

  @Override
  public void close() throws IOException {
    clear();
  }
}
