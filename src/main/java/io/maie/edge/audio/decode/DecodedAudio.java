package io.maie.edge.audio.decode;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.result.Warning;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A decoded recording: where its samples lie, and what its file was.
 *
 * @param pcm samples as {@link io.maie.edge.audio.PcmFile} reads them
 * @param separatePcms the same for each of {@link HeardSound#separate}, as many samples in each
 * @param samples number of samples in {@code pcm}
 * @param sha256 of the whole source file, 64 lower-case hexadecimal digits
 * @param bytes size of the source file
 * @param format container and codec, such as {@code wav/pcm_s16le}
 * @param sampleRate of the source, in Hz
 * @param channels of the source
 * @param declaredSeconds duration that the container declares, if it does
 * @param complete false if sound is missing
 * @param heard the changes to the sound on its way into {@code pcm}
 * @param levels of the heard channels over time, on the clock of {@code pcm}
 * @param decoderVersion of the program that decoded
 */
public record DecodedAudio(
    Path pcm,
    List<Path> separatePcms,
    long samples,
    String sha256,
    long bytes,
    String format,
    int sampleRate,
    int channels,
    OptionalDouble declaredSeconds,
    boolean complete,
    HeardSound heard,
    ChannelLevels levels,
    String decoderVersion,
    List<Warning> warnings) {

  public DecodedAudio {
    requireNonNull(pcm, "pcm is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(format, "format is null");
    requireNonNull(declaredSeconds, "declaredSeconds is null");
    requireNonNull(heard, "heard is null");
    requireNonNull(levels, "levels is null");
    requireNonNull(decoderVersion, "decoderVersion is null");
    separatePcms = List.copyOf(separatePcms);
    warnings = List.copyOf(warnings);
  }
}
