package io.maie.edge.audio.container;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for places at which the streams of an MPEG transport stream become others (ISO 13818-1,
 * 2.4.4), while its bytes pass: decoders go on with the codec that they began with. Packets of 188
 * bytes, and those of 192 bytes of Blu-ray and cameras. Used once, by one thread.
 */
final class TransportScan {
  private static final int SYNC = 0x47;
  private static final int PACKET = 188;

  /** Bytes of time stamp before each packet of 192 bytes. */
  private static final int STAMP = 4;

  /** Packets by which a transport stream is known. */
  private static final int FIRST_PACKETS = 3;

  private static final int FIRST_BYTES = FIRST_PACKETS * (PACKET + STAMP);
  private static final int MOST_CHANGES = 500;
  private static final int PROGRAMS_TABLE = 0;
  private static final int STREAMS_TABLE = 2;
  private static final int CHECKSUM = 4;

  /** Type of streams whose descriptors tell what they are. */
  private static final int PRIVATE = 6;

  private final byte[] unit = new byte[PACKET + STAMP];
  private int filled;

  /** Bytes from packet to packet; 0 as long as it is not known, -1 in other files. */
  private int stride;

  private int prefix;
  private long position;

  /** Position of the last table of programs. */
  private long programsAt = -1;

  private final Set<Integer> tables = new HashSet<>();

  /** Per program: per stream its kind. */
  private final Map<Integer, Map<Integer, String>> programs = new HashMap<>();

  private final List<Long> changes = new ArrayList<>();

  /** Takes the next {@code length} bytes of {@code block}. */
  void accept(byte[] block, int length) {
    if (stride == 0) {
      begin(new ByteBlock(Arrays.copyOf(block, Math.min(length, FIRST_BYTES))));
    }
    int at = 0;
    while (stride > 0 && at < length && changes.size() < MOST_CHANGES) {
      int part = Math.min(stride - filled, length - at);
      System.arraycopy(block, at, unit, filled, part);
      filled += part;
      at += part;
      if (filled == stride) {
        packet(new ByteBlock(unit));
        position += stride;
        filled = 0;
      }
    }
  }

  /** Positions at which streams become others, ascending. */
  List<Long> changes() {
    return List.copyOf(changes);
  }

  private void begin(ByteBlock first) {
    boolean isPlain = areSynchronous(first, 0);
    boolean isStamped = !isPlain && areSynchronous(first, STAMP);
    stride = isPlain ? PACKET : isStamped ? PACKET + STAMP : -1;
    prefix = isStamped ? STAMP : 0;
  }

  /** Returns whether the first packets, with so many bytes before each, have their first byte. */
  private static boolean areSynchronous(ByteBlock first, int stampBytes) {
    for (int i = 0; i < FIRST_PACKETS; i++) {
      int at = stampBytes + i * (PACKET + stampBytes);
      if (at >= first.length() || first.u8(at) != SYNC) {
        return false;
      }
    }
    return true;
  }

  /** Looks at the packet in {@link #unit}. */
  private void packet(ByteBlock packet) {
    boolean isStart = packet.u8(prefix) == SYNC && (packet.u8(prefix + 1) & 0x40) != 0;
    if (!isStart) {
      return;
    }
    int id = (int) packet.bigEndian(prefix + 1, 2) & 0x1FFF;
    boolean isProgramTable = id == 0;
    if (!isProgramTable && !tables.contains(id)) {
      return;
    }
    int flags = packet.u8(prefix + 3);
    boolean hasPayload = (flags & 0x10) != 0;
    int at = prefix + 4 + ((flags & 0x20) == 0 ? 0 : 1 + packet.u8(prefix + 4));
    if (!hasPayload || at >= stride) {
      return;
    }
    at += 1 + packet.u8(at);
    if (!packet.holds(at, 8)) {
      return;
    }
    ByteBlock table = packet.part(at, packet.length() - at);
    int end = 3 + ((int) table.bigEndian(1, 2) & 0xFFF) - CHECKSUM;
    if (at + end > stride) {
      // a table of more than one packet
      return;
    }
    if (isProgramTable && table.u8(0) == PROGRAMS_TABLE) {
      programs(table, end);
    } else if (table.u8(0) == STREAMS_TABLE && table.holds(0, 12)) {
      streams(table, end);
    }
  }

  private void programs(ByteBlock table, int end) {
    programsAt = position;
    for (int at = 8; at + 4 <= end; at += 4) {
      boolean isProgram = table.bigEndian(at, 2) != 0;
      if (isProgram) {
        tables.add((int) table.bigEndian(at + 2, 2) & 0x1FFF);
      }
    }
  }

  private void streams(ByteBlock table, int end) {
    Map<Integer, String> streams = new TreeMap<>();
    int at = 12 + ((int) table.bigEndian(10, 2) & 0xFFF);
    while (at + 5 <= end) {
      int type = table.u8(at);
      int bytes = (int) table.bigEndian(at + 3, 2) & 0xFFF;
      boolean isWithin = at + 5 + bytes <= end;
      String details = type == PRIVATE && isWithin ? table.text(at + 5, bytes) : "";
      streams.put((int) table.bigEndian(at + 1, 2) & 0x1FFF, type + details);
      at += 5 + bytes;
    }
    int program = (int) table.bigEndian(3, 2);
    Map<Integer, String> before = programs.put(program, streams);
    if (before != null && !before.equals(streams)) {
      // the table of programs stands before the table of streams; a part begins with both
      changes.add(programsAt < 0 ? position : programsAt);
    }
  }
}
