package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Sound of an MP4 file that its tables do not list, where the file has one track and its samples
 * follow each other without a gap. Tables that leave out chunks are made to list one chunk with all
 * samples. Where the sizes of the last samples are not known, the last known one is made to reach
 * to the end of the sound: decoders of AAC, MP3 and AC-3 tell where a frame ends, and take the next
 * one from there.
 */
final class Mp4Unlisted {
  /** Codecs whose decoders take frame after frame out of one sample. */
  private static final Set<String> SELF_DELIMITING = Set.of("mp4a", ".mp3", "ac-3");

  /** Less sound than that is not missing, in parts of a second. */
  private static final int LEAST_SHARE = 10;

  /** Decoders take no sample that is longer. */
  private static final long LONGEST_SAMPLE = 200L << 20;

  /** Listed frames whose beginnings are compared with that of the first one that is not. */
  private static final int ALIKE = 64;

  /** The bits of the first byte that kinds of frames differ in; the last one counts a level. */
  private static final int KIND = 0xFE;

  private final ByteSource source;
  private final Mp4Track track;
  private final long end;
  private final List<Correction> corrections = new ArrayList<>();
  private long listedBytes;
  private long tailBytes;

  /**
   * @param end of the box that holds the sound
   */
  Mp4Unlisted(ByteSource source, Mp4Track track, long end) {
    this.source = source;
    this.track = track;
    this.end = end;
  }

  /** The numbers with which decoders find all of the sound, as far as they can. */
  List<Correction> corrections() throws IOException, TooMuchToReadException {
    long[] chunks = track.chunkPositions();
    Optional<Mp4Table> sizes = track.table("stsz");
    Optional<Mp4Table> runs = track.table("stsc");
    boolean isListed = chunks.length > 0 && runs.stream().anyMatch(table -> table.count() > 0);
    if (!isListed || sizes.isEmpty()) {
      return corrections;
    }
    long samples =
        sizes.get().sizeOfAll() > 0
            ? equalSamples(sizes.get(), chunks)
            : listedSamples(sizes.get(), chunks);
    if (samples > 0) {
      corrections.add(Correction.u32(runs.get().countAt(), 1));
      corrections.add(Correction.u32(runs.get().entries(), 1));
      corrections.add(Correction.u32(runs.get().entries() + Integer.BYTES, samples));
      corrections.add(Correction.u32(track.chunks().orElseThrow().countAt(), 1));
    }
    return corrections;
  }

  /** Bytes behind the listed samples that begin as those do, and stay unheard. */
  long unheardBytes() {
    return corrections.isEmpty() ? tailBytes : 0;
  }

  /** Bytes of the listed samples. */
  long listedBytes() {
    return listedBytes;
  }

  /** The number of samples of one size, if that is more than the tables tell; else 0. */
  private long equalSamples(Mp4Table sizes, long[] chunks) throws IOException {
    long bytes = sizes.sizeOfAll();
    long inChunks = track.samplesInChunks();
    long held = (end - chunks[0]) / bytes;
    boolean isDense = true;
    long most = inChunks / chunks.length + 1;
    for (int i = 1; i < chunks.length; i++) {
      long distance = chunks[i] - chunks[i - 1];
      isDense &= distance > 0 && distance % bytes == 0 && distance / bytes <= 2 * most;
    }
    listedBytes = Math.min(inChunks, sizes.count()) * bytes;
    boolean isMore = isEnough((end - chunks[0]) - listedBytes);
    if (!isDense || !isMore || held > 0xFFFF_FFFFL) {
      return 0;
    }
    corrections.add(Correction.u32(sizes.countAt(), held));
    return held;
  }

  /** The number of samples of known sizes, if the tables do not lead to all sound; else 0. */
  private long listedSamples(Mp4Table table, long[] chunks)
      throws IOException, TooMuchToReadException {
    long[] sizes = track.sizes();
    long listedEnd = chunks[0];
    int met = 0;
    for (long size : sizes) {
      met += met < chunks.length && chunks[met] == listedEnd ? 1 : 0;
      listedEnd += size;
    }
    boolean isDense = met == chunks.length || chunks[met] >= listedEnd;
    if (sizes.length == 0 || !isDense || listedEnd > end) {
      return 0;
    }
    listedBytes = listedEnd - chunks[0];
    long last = sizes[sizes.length - 1];
    boolean isLonger = isEnough(end - listedEnd) && isAlike(sizes, chunks[0]);
    tailBytes = isLonger ? end - listedEnd : 0;
    long whole = last + tailBytes;
    if (isLonger && SELF_DELIMITING.contains(track.codec()) && whole < LONGEST_SAMPLE) {
      long lastAt = table.entries() + Integer.BYTES * (sizes.length - 1L);
      corrections.add(Correction.u32(lastAt, whole));
      return sizes.length;
    }
    return track.samplesInChunks() < sizes.length ? sizes.length : 0;
  }

  /** Returns whether so many bytes are as much sound as would be missed. */
  private boolean isEnough(long bytes) throws IOException {
    long timed = track.timedSamples();
    long samples = track.table("stsz").map(Mp4Table::count).orElse(0L);
    if (bytes <= 0 || timed <= 0 || samples <= 0 || listedBytes <= 0) {
      return false;
    }
    double bytesOfSample = (double) listedBytes / samples;
    double unitsOfSample = (double) track.units() / timed;
    return bytes / bytesOfSample * unitsOfSample * LEAST_SHARE >= track.unitsInSecond();
  }

  /** Returns whether the bytes behind the listed samples begin as one of the last of those does. */
  private boolean isAlike(long[] sizes, long start) throws IOException, TooMuchToReadException {
    long at = start + listedBytes;
    ByteBlock behind = source.read(at, ALIKE);
    if (behind.length() == 0 || behind.isZero()) {
      return false;
    }
    for (int i = sizes.length - 1; i >= Math.max(0, sizes.length - ALIKE); i--) {
      at -= sizes[i];
      ByteBlock first = source.read(at, 1);
      if (first.length() > 0 && ((first.u8(0) ^ behind.u8(0)) & KIND) == 0) {
        return true;
      }
    }
    return false;
  }
}
