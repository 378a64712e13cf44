package io.maie.edge.result;

import io.maie.edge.audio.HeardSound;
import java.util.OptionalDouble;

/**
 * Audio of the source file.
 *
 * @param sha256 of the whole file, 64 lower-case hexadecimal digits
 * @param format container and codec, such as {@code wav/pcm_s16le}
 * @param sampleRate in Hz
 * @param samples the length of the decoded sound, at 16 kHz
 * @param declaredSeconds the length that its container declares, if it does
 * @param complete false if sound is missing
 * @param heard the changes to the sound on its way to the recogniser
 */
public record SourceAudio(
    String sha256,
    String format,
    int sampleRate,
    int channels,
    long samples,
    OptionalDouble declaredSeconds,
    boolean complete,
    HeardSound heard) {}
