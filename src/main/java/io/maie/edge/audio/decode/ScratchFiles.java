package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Temporary files of the decoding of one file; closing it deletes them. */
final class ScratchFiles implements AutoCloseable {
  private final Path pcm;
  private final FreeSpace space;
  private final Duration maxDuration;
  private final List<Closeable> files = new ArrayList<>();
  private int opened;

  /** Channels that are recognised by themselves. */
  private int separate;

  /**
   * @param pcm the file for the samples; temporary files lie beside it
   * @param maxDuration of a recording
   */
  ScratchFiles(Path pcm, FreeSpace space, Duration maxDuration) {
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
    SoundFile sound = open(channels);
    Optional<EvenSum> sum = Optional.empty();
    if (channels > 1) {
      EvenSum made = new EvenSum(sound, SoundFile.pcmBeside(next(), space));
      files.add(made);
      sum = Optional.of(made);
    }
    return new TrackRecording(sound, channels, clock, storage(true, sum));
  }

  /** Measurements of a track whose samples are not kept. */
  TrackRecording measure(int channels) throws IOException {
    SampleClock clock = SampleClock.disabled();
    return new TrackRecording(open(channels), channels, clock, storage(false, Optional.empty()));
  }

  private SoundFile open(int channels) throws IOException {
    SoundFile sound = new SoundFile(next(), channels, space);
    files.add(sound);
    return sound;
  }

  private TrackRecording.Storage storage(boolean isKept, Optional<EvenSum> sum) {
    return new TrackRecording.Storage(maxDuration, isKept, sum);
  }

  /** Weighted sums of the channels of {@code track}, in new files. */
  List<Mixer.MeteredSound> mix(TrackRecording track, List<Mixer.Order> orders)
      throws IOException, ProcessingException {
    List<Mixer> mixers = new ArrayList<>();
    for (Mixer.Order order : orders) {
      mixers.add(new Mixer(open(1), order));
    }
    return Mixer.run(track, mixers);
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
    for (Closeable file : files) {
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
