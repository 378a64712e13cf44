package io.maie.edge.audio.decode;

import io.maie.edge.audio.container.ByteSpan;
import io.maie.edge.audio.container.SoundParts;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The decoding of a file that holds several recordings, one behind the other, or sound behind the
 * end that its header declares: each piece is decoded by itself, and all are joined. Used once.
 */
final class ApartDecoding {
  private final DecodeOptions options;
  private final Decoding.Tools tools;
  private final FfmpegRun run;
  private final FfmpegProbe.Source whole;
  private final SourceName name;
  private final Decoding.Place place;
  private final ScratchFiles scratch;
  private final DecodingProgress progress;
  private final List<PartSound> sounds = new ArrayList<>();
  private final List<FfmpegRun.Outcome> outcomes = new ArrayList<>();
  private double declaredSeconds;
  private double hiddenSeconds;
  private boolean declaresAll = true;

  /**
   * @param whole the file as its first part describes it
   */
  ApartDecoding(
      Decoding.Tools tools,
      FfmpegProbe.Source whole,
      Decoding.Place place,
      DecodingProgress progress) {
    this.options = tools.options();
    this.tools = tools;
    this.run = tools.run();
    this.whole = whole;
    this.name = place.name();
    this.place = place;
    this.scratch = place.scratch();
    this.progress = progress;
  }

  /** The sound of all parts; what was decoded before is forgotten. */
  PartSound decode(List<SoundParts.Part> parts)
      throws ProcessingException, TaskStoppedException, IOException {
    scratch.clear();
    for (SoundParts.Part part : parts) {
      if (parts.size() == 1) {
        decodePart(part, whole);
      } else {
        decodeOneOfMany(part);
      }
    }
    long samples = sounds.stream().mapToLong(sound -> sound.account().decoded()).sum();
    DecodeVerdict.requireSound(options, whole.stream(), outcomes.get(0), samples);
    return new JoinedParts(sounds, scratch).sound();
  }

  /** A part that cannot be read is damage to the file, and no reason to lose the others. */
  private void decodeOneOfMany(SoundParts.Part part)
      throws ProcessingException, TaskStoppedException, IOException {
    ByteSpan bytes = new ByteSpan(part.start(), part.end());
    try {
      FfmpegProbe.Source source = tools.probe().part(bytes);
      hiddenSeconds += source.reading().hiddenSeconds();
      decodePart(part, source);
    } catch (ProcessingException e) {
      if (e.code().scope() != FailureCode.Scope.RECORDING
          || e.code() == FailureCode.AUDIO_TOO_LONG) {
        throw e;
      }
      String argument = name.argument(bytes);
      outcomes.add(FfmpegRun.Outcome.failed(argument, String.valueOf(e.getMessage())));
    }
  }

  private void decodePart(SoundParts.Part part, FfmpegProbe.Source source)
      throws ProcessingException, TaskStoppedException, IOException {
    Optional<RawSound> raw =
        part.declaresTooLittle() ? RawSound.of(source.stream()) : Optional.empty();
    boolean ignoresLength = part.declaresTooLittle() && raw.isEmpty();
    FfmpegProbe.Source read =
        ignoresLength && source.containerName().equals("wav")
            ? source.with(List.of("-ignore_length", "1"))
            : source;
    PartDecoding decoding = new PartDecoding(run, read, place);
    FfmpegRun.Outcome outcome = decoding.decode(progress.following(decoding));
    DecodeFailures.requireOwnEnd("ffmpeg", outcome);
    // less than one sample may be declared, and all others follow
    if (decoding.samples() > 0 || raw.isEmpty()) {
      outcomes.add(outcome);
    }
    if (decoding.samples() > 0) {
      add(decoding.sound());
    }
    declaresAll &= source.declaredSeconds().isPresent() && !ignoresLength;
    declaredSeconds += source.declaredSeconds().orElse(0);
    if (raw.isPresent()) {
      for (ByteSpan behind : raw.get().behind(part)) {
        String rest = name.argument(behind);
        decodeBehind(source.with(new FfmpegProbe.Reading(rest, raw.get().options(), 0)));
      }
    }
  }

  /** The header ends too early; what follows is read as it says that the sound before is. */
  private void decodeBehind(FfmpegProbe.Source rest)
      throws ProcessingException, TaskStoppedException, IOException {
    PartDecoding decoding = new PartDecoding(run, rest, place);
    FfmpegRun.Outcome outcome = decoding.decode(progress.following(decoding));
    if (outcomes.isEmpty()) {
      outcomes.add(outcome);
    }
    if (decoding.samples() > 0) {
      PartSound sound = decoding.sound();
      if (JoinedParts.isPlausible(sound.mono())) {
        add(sound);
        declaresAll = false;
      }
    }
  }

  private void add(PartSound sound) throws ProcessingException {
    sounds.add(sound);
    long samples = sounds.stream().mapToLong(one -> one.account().decoded()).sum();
    if (JoinedParts.seconds(samples) * 1_000 > options.maxDuration().toMillis()) {
      throw DecodeFailures.tooLong("it goes on", options.maxDuration());
    }
  }

  /** The file as all its parts together describe it; known when they are decoded. */
  FfmpegProbe.Source source() {
    FfmpegProbe.Reading reading = whole.reading();
    double hidden = Math.max(hiddenSeconds, reading.hiddenSeconds());
    return whole
        .with(
            new FfmpegProbe.Reading(
                reading.argument(), reading.options(), hidden, reading.assumption()))
        .declaring(declaresAll ? OptionalDouble.of(declaredSeconds) : OptionalDouble.empty());
  }

  /** The first outcome that tells of damage, else the first. */
  FfmpegRun.Outcome worst() {
    return outcomes.stream()
        .filter(outcome -> outcome.exitCode() != 0 || !outcome.errors().damage().isEmpty())
        .findFirst()
        .orElse(outcomes.get(0));
  }
}
