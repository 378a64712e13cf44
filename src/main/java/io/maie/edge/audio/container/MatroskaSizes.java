package io.maie.edge.audio.container;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sizes of clusters and blocks in Matroska and WebM (RFC 9559, section 5.1.3). Decoders skip to the
 * next cluster where the element behind a declared end is none, and sound is gone. A size is wrong
 * if nothing that belongs there begins behind it; the right one reaches to the next element that
 * others follow.
 */
final class MatroskaSizes {
  private static final long EBML = 0x1A45_DFA3L;
  private static final long SEGMENT = 0x1853_8067L;
  private static final long CLUSTER = 0x1F43_B675L;

  /** SeekHead, Info, Tracks, Cues, Attachments, Chapters, Tags: elements beside clusters. */
  private static final Set<Long> BESIDE_CLUSTERS =
      Set.of(
          0x114D_9B74L,
          0x1549_A966L,
          0x1654_AE6BL,
          0x1C53_BB6BL,
          0x1941_A469L,
          0x1043_A770L,
          0x1254_C367L);

  /** Timestamp, SilentTracks, Position, PrevSize, SimpleBlock, BlockGroup, EncryptedBlock. */
  private static final Set<Long> IN_CLUSTERS =
      Set.of(0xE7L, 0x5854L, 0xA7L, 0xABL, 0xA3L, 0xA0L, 0xAFL);

  private static final long VOID = 0xECL;

  /** Void and CRC-32. */
  private static final Set<Long> ANYWHERE = Set.of(VOID, 0xBFL);

  /** The bytes behind wrong sizes in which the next elements are looked for, in all. */
  private static final long SEARCH = 16 << 20;

  /** Elements that have to follow each other to be believed. */
  private static final int CHAIN = 3;

  private static final int MOST_CORRECTIONS = 10_000;

  private final ByteWindow bytes;
  private final long size;
  private final List<Correction> corrections = new ArrayList<>();

  /** The cluster that is open, if any. */
  private Element cluster = Element.NONE;

  private long toSearch = SEARCH;

  MatroskaSizes(FileChannel channel) throws IOException {
    this.bytes = new ByteWindow(channel);
    this.size = bytes.size();
  }

  static boolean isHead(ByteBlock head) {
    return head.u32(0) == EBML;
  }

  /**
   * The head of an element.
   *
   * @param sizeAt position of its size, {@code sizeBytes} long
   * @param end behind its content; -1 if it does not say
   */
  private record Element(long id, long start, long sizeAt, int sizeBytes, long end) {
    static final Element NONE = new Element(0, -1, -1, 0, -1);

    long content() {
      return sizeAt + sizeBytes;
    }

    boolean isKnown() {
      return id == EBML
          || id == SEGMENT
          || id == CLUSTER
          || BESIDE_CLUSTERS.contains(id)
          || IN_CLUSTERS.contains(id)
          || ANYWHERE.contains(id);
    }

    boolean endsClusters() {
      return id == EBML || id == SEGMENT || id == CLUSTER || BESIDE_CLUSTERS.contains(id);
    }
  }

  /** The sizes to correct. */
  List<Correction> corrections() throws IOException {
    long at = 0;
    while (at < size && corrections.size() < MOST_CORRECTIONS) {
      Element element = element(at);
      if (!element.isKnown() && (element.end() < 0 || !isFollowed(element.end(), 1))) {
        break;
      }
      boolean isBehindCluster = element.id() == VOID && at == cluster.end();
      if (element.endsClusters() || (isBehindCluster && at > cluster.content())) {
        endCluster(at);
      }
      boolean isOpened = element.id() == SEGMENT || element.id() == CLUSTER;
      cluster = element.id() == CLUSTER ? element : cluster;
      if (!isOpened && element.end() < 0) {
        break;
      }
      at = isOpened ? element.content() : end(element);
    }
    if (at == size) {
      endCluster(at);
    }
    return corrections.size() < MOST_CORRECTIONS ? List.copyOf(corrections) : List.of();
  }

  /** The cluster reaches up to {@code end}; decoders know what a larger size means. */
  private void endCluster(long end) {
    if (cluster.end() >= 0 && cluster.end() < end) {
      correct(cluster, end);
    }
    cluster = Element.NONE;
  }

  /** Where an element ends: where it says, if another one begins there. */
  private long end(Element element) throws IOException {
    long declared = element.end();
    if (declared >= size || isFollowed(declared, 1)) {
      return declared;
    }
    boolean isBlock = IN_CLUSTERS.contains(element.id());
    long next = isBlock ? next(element.content() + 1) : size;
    if (next < size) {
      correct(element, next);
    }
    return next;
  }

  /** The first place from {@code from} on at which elements follow each other; else the end. */
  private long next(long from) throws IOException {
    long last = Math.min(size, from + toSearch);
    long at = from;
    while (at < last && !isFollowed(at, CHAIN)) {
      at++;
    }
    toSearch -= at - from;
    return at < last ? at : size;
  }

  /** Returns whether {@code count} known elements follow each other, or fewer up to the end. */
  private boolean isFollowed(long from, int count) throws IOException {
    long at = from;
    for (int i = 0; i < count && at != size; i++) {
      Element element = element(at);
      if (!element.isKnown() || !isPlausible(element)) {
        return false;
      }
      boolean isOpened = element.id() == SEGMENT || element.id() == CLUSTER;
      if (!isOpened && element.end() < 0) {
        return true;
      }
      at = isOpened ? element.content() : element.end();
    }
    return true;
  }

  /** A block begins with the number of its track, a time and flags, and ends within the file. */
  private boolean isPlausible(Element element) throws IOException {
    boolean isShort = element.id() == 0xA7L || element.id() == 0xABL || element.id() == 0xE7L;
    long length = element.end() - element.content();
    if (isShort) {
      return length > 0 && length <= Long.BYTES;
    }
    if (element.id() == 0xA3L) {
      return length >= 4 && bytes.u8(element.content()) > 0x80;
    }
    return element.id() != 0xA0L || bytes.u8(element.content()) == 0xA1;
  }

  /** A cluster may leave its size open; the size of another element must fit where it stands. */
  private void correct(Element element, long end) {
    long length = end - element.content();
    long open = (1L << (7 * element.sizeBytes())) - 1;
    if (length >= open && element.id() != CLUSTER) {
      return;
    }
    long value = Math.min(length, open) | (open + 1);
    ByteBuffer written = ByteBuffer.allocate(element.sizeBytes());
    for (int i = element.sizeBytes() - 1; i >= 0; i--) {
      written.put(i, (byte) (value >> (8 * (element.sizeBytes() - 1 - i))));
    }
    corrections.add(new Correction(element.sizeAt(), written));
  }

  private Element element(long at) throws IOException {
    int idBytes = Integer.numberOfLeadingZeros(Math.max(0, bytes.u8(at))) - 23;
    int first = bytes.u8(at + idBytes);
    int sizeBytes = Integer.numberOfLeadingZeros(Math.max(0, first)) - 23;
    if (idBytes > 4 || sizeBytes > 8 || at + idBytes + sizeBytes > size) {
      return Element.NONE;
    }
    long open = (1L << (7 * sizeBytes)) - 1;
    long value = first & (0xFF >> sizeBytes);
    for (int i = 1; i < sizeBytes; i++) {
      value = value << 8 | bytes.u8(at + idBytes + i);
    }
    long content = at + idBytes + sizeBytes;
    long end = value == open ? -1 : content + value;
    return new Element(bytes.bigEndian(at, idBytes), at, at + idBytes, sizeBytes, end);
  }
}
