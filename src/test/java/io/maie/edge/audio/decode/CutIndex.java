package io.maie.edge.audio.decode;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * An MP4 file, its index behind the sound, in which the tables of the first track list the first
 * samples only. Where the table of chunks is among them, each chunk holds one sample.
 */
final class CutIndex {
  private static final Set<String> PARENTS = Set.of("moov", "trak", "mdia", "minf", "stbl");
  private static final int HEADER = 8;

  private final ByteBuffer file;
  private final String text;
  private final int samples;
  private final Set<String> cut;

  private CutIndex(byte[] file, int samples, Set<String> cut) {
    this.file = ByteBuffer.wrap(file);
    this.text = new String(file, StandardCharsets.ISO_8859_1);
    this.samples = samples;
    this.cut = cut;
  }

  /**
   * @param samples that remain
   * @param cut the tables that list no more, and {@code mdhd} for the durations in all headers
   */
  static byte[] of(byte[] file, int samples, Set<String> cut) {
    int index = new String(file, StandardCharsets.ISO_8859_1).indexOf("moov") - 4;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, index);
    new CutIndex(file, samples, cut).boxes(index, file.length, out);
    return out.toByteArray();
  }

  private void boxes(int from, int end, ByteArrayOutputStream out) {
    int next;
    for (int at = from; at < end; at = next) {
      next = at + file.getInt(at);
      String type = text.substring(at + 4, at + HEADER);
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      boolean isOther = type.equals("trak") && at > text.indexOf("trak");
      if (PARENTS.contains(type) && !isOther) {
        boxes(at + HEADER, next, content);
      } else {
        content.writeBytes(content(type, Arrays.copyOfRange(file.array(), at + HEADER, next)));
      }
      ByteBuffer header = ByteBuffer.allocate(HEADER).putInt(HEADER + content.size());
      out.writeBytes(header.put(type.getBytes(StandardCharsets.ISO_8859_1)).array());
      out.writeBytes(content.toByteArray());
    }
  }

  private byte[] content(String type, byte[] original) {
    int listed = cut.contains(type) ? samples : all();
    ByteBuffer box = ByteBuffer.wrap(original);
    switch (type) {
      case "stsz" -> {
        box.putInt(8, listed);
        return Arrays.copyOf(original, 12 + 4 * listed);
      }
      case "stts" -> {
        int duration = box.getInt(12);
        return ByteBuffer.allocate(16).putInt(4, 1).putInt(8, listed).putInt(12, duration).array();
      }
      case "stsc" -> {
        return !cut.contains("stco")
            ? original
            : ByteBuffer.allocate(20).putInt(4, 1).putInt(8, 1).putInt(12, 1).putInt(16, 1).array();
      }
      case "stco" -> {
        if (!cut.contains(type)) {
          return original;
        }
        ByteBuffer chunks = ByteBuffer.allocate(8 + 4 * listed).putInt(4, listed);
        int at = box.getInt(8);
        for (int i = 0; i < listed; i++) {
          chunks.putInt(8 + 4 * i, at);
          at += file.getInt(text.indexOf("stsz") + 16 + 4 * i);
        }
        return chunks.array();
      }
      case "mvhd", "mdhd" -> {
        if (cut.contains("mdhd")) {
          box.putInt(16, (int) ((long) box.getInt(16) * samples / all()));
        }
        return original;
      }
      default -> {
        return original;
      }
    }
  }

  private int all() {
    return file.getInt(text.indexOf("stsz") + 12);
  }
}
