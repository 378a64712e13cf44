package io.maie.edge.audio.decode;

import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.SeparateChannel;
import io.maie.edge.audio.container.SignatureScan;
import io.maie.edge.audio.container.SoundParts;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The decoding of one file: decode it, again part by part if it turns out to hold several
 * recordings, and set the level; used once.
 */
final class Decoding {
  /** Codecs whose decoders complain of bytes that are no frames, as they stand in files. */
  private static final Set<String> OF_FRAMES =
      Set.of("mp1", "mp2", "mp3", "ac3", "eac3", "aac_latm");

  /** Containers that are frames and no more. */
  private static final Set<String> NOTHING_BUT_FRAMES = Set.of("mp3", "aac", "ac3", "eac3", "loas");

  private final Tools tools;
  private final FfmpegProbe.Source source;
  private final Place place;
  private final ScratchFiles scratch;

  Decoding(Tools tools, FfmpegProbe.Source source, Place place) {
    this.tools = tools;
    this.source = source;
    this.place = place;
    this.scratch = place.scratch();
  }

  /** The programs and how they are used. */
  record Tools(DecodeOptions options, FfmpegProbe.Question probe, FfmpegRun run) {}

  /**
   * The source and the destination of a decoding.
   *
   * @param wanted the channels and tracks to hear
   */
  record Place(SourceName name, SoundSelection wanted, ScratchFiles scratch) {}

  /** Fills the file of samples; if that fails, no file is left. */
  DecodedAudio decode(SourceChecksum checksum, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    Path recording = place.name().recording();
    boolean done = false;
    try {
      DecodingProgress progress =
          new DecodingProgress(checksum, source.expectedSeconds().orElse(0), context);
      PartDecoding whole = new PartDecoding(tools.run(), source, place);
      FfmpegRun.Outcome outcome = whole.decode(progress.following(whole));
      DecodeFailures.requireOwnEnd("ffmpeg", outcome);
      String sha256 = tools.run().await(checksum.hex(), progress);
      List<SoundParts.Part> parts = SoundParts.of(recording, checksum.scan());
      ApartDecoding apart = new ApartDecoding(tools, source, place, progress);
      boolean isPlain = parts.size() == 1 && !parts.get(0).declaresTooLittle();
      PartSound sound = isPlain ? sound(whole, outcome) : apart.decode(parts);
      DecodeVerdict verdict =
          isPlain
              ? new DecodeVerdict(source, outcome, otherBytes(recording, checksum))
              : new DecodeVerdict(apart.source(), apart.worst(), DecodeVerdict.OtherBytes.NONE);
      HeardSound heard = levelled(sound);
      verdict.judge(heard, sound);
      DecodedAudio audio =
          new DecodedAudio(
              scratch.pcm(),
              separatePcms(heard),
              heard.keptSamples() + heard.insertedSamples(),
              sha256,
              checksum.bytes(),
              source.format(),
              source.stream().sampleRate(),
              whole.channels(),
              verdict.declaredSeconds(),
              verdict.isComplete(),
              heard,
              sound.levels(),
              tools.run().version(),
              verdict.warnings());
      done = true;
      return audio;
    } finally {
      scratch.close();
      if (!done) {
        scratch.deleteSamples();
      }
    }
  }

  /** Counts the stretches before, between and behind frames that are no frames. */
  private DecodeVerdict.OtherBytes otherBytes(Path recording, SourceChecksum checksum)
      throws IOException {
    SignatureScan scan = checksum.scan();
    boolean areFollowed =
        NOTHING_BUT_FRAMES.contains(source.containerName()) && scan.followedFrames();
    OptionalDouble damage = areFollowed ? scan.damage() : OptionalDouble.empty();
    if (!OF_FRAMES.contains(source.stream().codec())) {
      return new DecodeVerdict.OtherBytes(0, false, damage);
    }
    int tags = scan.tags() + SoundParts.endsOfOtherBytes(recording);
    return new DecodeVerdict.OtherBytes(tags, areFollowed && scan.passedOtherBytes(), damage);
  }

  private PartSound sound(PartDecoding part, FfmpegRun.Outcome outcome)
      throws ProcessingException, IOException {
    DecodeVerdict.requireSound(tools.options(), source.stream(), outcome, part.samples());
    return part.sound();
  }

  private HeardSound levelled(PartSound sound) throws IOException, ProcessingException {
    LevelControl control = new LevelControl(sound.mono());
    long samples = control.write(scratch.pcm(), scratch.space());
    List<SeparateChannel> separate = new ArrayList<>();
    for (Mixer.MeteredSound each : sound.separate().sounds()) {
      int index = separate.size();
      LevelControl own = new LevelControl(each);
      separate.add(new SeparateChannel(sound.separate().numbers().get(index), own.level()));
      long written = own.write(scratch.separatePcm(index), scratch.space());
      if (written != samples) {
        throw new IllegalStateException(
            "expected " + samples + " samples of a separate channel, found " + written);
      }
    }
    PartSound.Account account = sound.account();
    return new HeardSound(
        account.decoded(),
        samples - account.inserted(),
        account.inserted(),
        sound.channels(),
        sound.tracks(),
        control.level(),
        separate,
        sound.separate().reason());
  }

  private List<Path> separatePcms(HeardSound heard) {
    return IntStream.range(0, heard.separate().size()).mapToObj(scratch::separatePcm).toList();
  }
}
