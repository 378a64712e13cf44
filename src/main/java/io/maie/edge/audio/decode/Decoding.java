package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.SoundLevel;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The decoding of one recording: run ffmpeg, choose and mix channels, set the level; used once. */
final class Decoding {
  private final DecodeOptions options;
  private final FfmpegRun run;
  private final FfmpegProbe.Source source;
  private final SourceName name;
  private final Path pcm;
  private final FreeSpace space;

  Decoding(DecodeOptions options, FfmpegRun run, FfmpegProbe.Source source, Place place) {
    this.options = options;
    this.run = run;
    this.source = source;
    this.name = place.name();
    this.pcm = place.pcm();
    this.space = place.space();
  }

  /**
   * Where a recording comes from and goes to.
   *
   * @param pcm the file for the samples; temporary files lie beside it
   */
  record Place(SourceName name, Path pcm, FreeSpace space) {}

  /** Fills the file of samples; if that fails, no file is left. */
  DecodedAudio decode(Path recording, String version, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    SourceChecksum checksum = new SourceChecksum(recording);
    ExecutorService reader = Executors.newSingleThreadExecutor(Decoding::thread);
    boolean done = false;
    try (TrackRecording track =
        new TrackRecording(
            beside(".channels"),
            source.stream().channels(),
            source.hasPicture(),
            new TrackRecording.Storage(space, options.maxDuration()))) {
      Future<String> sha256 = reader.submit(checksum);
      Watch watch = new Watch(track, checksum, source.expectedSeconds().orElse(0));
      FfmpegRun.Outcome outcome =
          run.decode(name, List.of(new FfmpegRun.Track(source.stream(), track)), watch, context);
      track.finish();
      DecodeVerdict verdict = new DecodeVerdict(options, source, outcome);
      verdict.requireSound(track.samples());
      HeardSound heard = mixed(track, verdict);
      DecodedAudio audio =
          new DecodedAudio(
              pcm,
              heard.keptSamples() + heard.insertedSamples(),
              run.await(sha256, watch, context),
              checksum.bytes(),
              source.format(),
              source.stream().sampleRate(),
              source.stream().channels(),
              source.declaredSeconds(),
              verdict.isComplete(),
              heard,
              version,
              verdict.warnings());
      done = true;
      return audio;
    } finally {
      reader.shutdownNow();
      if (!done) {
        Files.deleteIfExists(pcm);
      }
    }
  }

  private HeardSound mixed(TrackRecording track, DecodeVerdict verdict)
      throws IOException, ProcessingException {
    List<ChannelUse> uses = ChannelMix.of(track.meter());
    SampleClock.Verdict clock = track.clock().verdict();
    if (uses.size() == 1 && clock.gaps().isEmpty()) {
      return levelled(new Mixer.MeteredSound(track.sound(), track.meter()), track, uses, verdict);
    }
    Mixer.MeteredSound mixed =
        Mixer.mix(track.sound(), uses, clock.gaps(), new Mixer.Target(beside(".mix"), space));
    try (SoundFile sound = mixed.sound()) {
      return levelled(new Mixer.MeteredSound(sound, mixed.meter()), track, uses, verdict);
    }
  }

  private HeardSound levelled(
      Mixer.MeteredSound mono, TrackRecording track, List<ChannelUse> uses, DecodeVerdict verdict)
      throws IOException, ProcessingException {
    LevelControl control = new LevelControl(mono.channel());
    SoundLevel level = control.level();
    long samples = control.write(mono.sound(), level.gainDecibels(), pcm, space);
    SampleClock.Verdict clock = track.clock().verdict();
    long inserted = clock.gaps().stream().mapToLong(SampleClock.Gap::samples).sum();
    HeardSound heard = new HeardSound(track.samples(), samples - inserted, inserted, uses, level);
    verdict.judge(heard, clock.ignoredSeconds(), source.bytes());
    return heard;
  }

  private Path beside(String ending) {
    return pcm.resolveSibling(pcm.getFileName() + ending);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "decode-checksum");
    thread.setDaemon(true);
    return thread;
  }

  /** Sees whether decoding goes on, and how far it is. */
  private record Watch(TrackRecording track, SourceChecksum checksum, double expectedSeconds)
      implements FfmpegRun.Progress {

    @Override
    public long life() {
      return track.samples() + checksum.bytes();
    }

    @Override
    public double share() {
      double seconds = (double) track.samples() / Waveform.SAMPLE_RATE;
      return expectedSeconds > 0 ? Math.min(seconds / expectedSeconds, 1) : 0;
    }
  }
}
