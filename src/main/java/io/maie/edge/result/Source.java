package io.maie.edge.result;

import org.jspecify.annotations.Nullable;

/**
 * The recording that a result belongs to.
 *
 * @param name its file name
 * @param path its path, relative to the inbox, with {@code /} between the names
 * @param nameRawHex the bytes of its name in hexadecimal digits if they are not UTF-8, else null
 * @param safePath where its result or, after a failure, the recording itself lies in its folder, if
 *     that cannot hold the name; else null
 * @param bytes its size
 * @param audio what its file holds; null if it could not be decoded
 */
public record Source(
    String name,
    String path,
    @Nullable String nameRawHex,
    @Nullable String safePath,
    long bytes,
    @Nullable SourceAudio audio) {}
