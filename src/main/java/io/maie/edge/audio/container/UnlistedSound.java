package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Sound of an MP4 file that its index promises by its durations, or that lies behind the samples,
 * while no table lists it.
 *
 * @param seconds of all sound of the track, with that
 * @param completeness of the file, since its index lacks entries
 */
public record UnlistedSound(double seconds, Completeness completeness) {
  /** Durations are rounded, and codecs declare their padding, in seconds. */
  private static final double TOLERANCE = 0.5;

  /** Fewer bytes between the samples are no sound. */
  private static final int LEAST_BYTES = 512;

  /**
   * The unlisted sound of a file.
   *
   * @param number of the track, counted from 0, all kinds of tracks
   */
  public static Optional<UnlistedSound> of(Path file, int number) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      Mp4Tables tables = Mp4Tables.read(new ByteSource(channel), channel);
      if (number >= tables.tracks().size()) {
        return Optional.empty();
      }
      double listed = seconds(tables.tracks().get(number));
      double promised = promised(tables, number);
      boolean isMore = listed > 0 && promised > listed + TOLERANCE && outside(tables) > LEAST_BYTES;
      double all = isMore ? promised : listed * (1 + unheardShare(tables));
      return all > listed ? Optional.of(lacking(all)) : Optional.empty();
    } catch (TooMuchToReadException e) {
      return Optional.empty();
    }
  }

  private static UnlistedSound lacking(double seconds) {
    return new UnlistedSound(
        seconds, Completeness.incomplete("the MP4 index does not list all of the sound"));
  }

  /** Duration of the listed samples. */
  private static double seconds(Mp4Track track) throws IOException {
    long timed = track.timedSamples();
    long samples =
        Math.min(track.samplesInChunks(), track.table("stsz").map(Mp4Table::count).orElse(0L));
    double unitsInSecond = Math.max(1, track.unitsInSecond());
    return timed <= 0 ? 0 : track.units() / unitsInSecond * samples / timed;
  }

  /** Seconds of the samples of the track, or more if both headers declare more. */
  private static double promised(Mp4Tables tables, int number) throws IOException {
    Mp4Track track = tables.tracks().get(number);
    double ofTrack = track.declaredSeconds();
    double ofMovie = tables.declaredSeconds();
    double declared = ofTrack > 0 && ofMovie > 0 ? Math.min(ofTrack, ofMovie) : 0;
    return Math.max(declared, (double) track.units() / Math.max(1, track.unitsInSecond()));
  }

  /** Bytes of the box with the sound that belong to no listed sample. */
  private static long outside(Mp4Tables tables) throws IOException, TooMuchToReadException {
    long first = Long.MAX_VALUE;
    long end = 0;
    long listed = 0;
    for (Mp4Track track : tables.tracks()) {
      for (long chunk : track.chunkPositions()) {
        first = Math.min(first, chunk);
      }
      end = Math.max(end, tables.soundEnd(track).orElse(0));
      long sizeOfAll = track.table("stsz").map(Mp4Table::sizeOfAll).orElse(0L);
      long samples = track.samplesInChunks();
      listed += sizeOfAll * samples;
      long[] sizes = track.sizes();
      for (int i = 0; i < Math.min(samples, sizes.length); i++) {
        listed += sizes[i];
      }
    }
    return end - first - listed;
  }

  /** Bytes that no decoder finds behind the samples, as a share of those. */
  private static double unheardShare(Mp4Tables tables) throws IOException, TooMuchToReadException {
    Optional<Mp4Unlisted> unlisted = tables.unlisted();
    if (unlisted.isEmpty()) {
      return 0;
    }
    unlisted.get().corrections();
    return (double) unlisted.get().unheardBytes() / Math.max(1, unlisted.get().listedBytes());
  }
}
