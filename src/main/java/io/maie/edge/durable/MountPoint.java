package io.maie.edge.durable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place at which a file system is mounted now, as a line of {@code /proc/self/mountinfo} says
 * (proc(5)).
 *
 * @param type of the file system, such as {@code ext4} or {@code fuse.sshfs}
 */
public record MountPoint(Path place, String type) {
  /** The mount points that this process sees. */
  public static final Path OF_THIS_PROCESS = Path.of("/proc/self/mountinfo");

  private static final Logger LOG = LoggerFactory.getLogger(MountPoint.class);

  /** Field of the place, from 0. */
  private static final int PLACE = 4;

  /** Stands behind a varying number of fields, in front of the type. */
  private static final String SEPARATOR = "-";

  /** All of {@code table}, which is empty on a system that does not have it. */
  public static List<MountPoint> allOf(Path table) {
    try {
      return Files.readAllLines(table, StandardCharsets.ISO_8859_1).stream()
          .flatMap(line -> of(line).stream())
          .toList();
    } catch (IOException e) {
      LOG.debug("Reading '{}' failed; it counts as empty: {}", table, e.toString());
      return List.of();
    }
  }

  private static Optional<MountPoint> of(String line) {
    List<String> fields = Arrays.asList(line.split(" ", -1));
    int separator = fields.indexOf(SEPARATOR);
    return separator <= PLACE || separator + 1 >= fields.size()
        ? Optional.empty()
        : path(unescaped(fields.get(PLACE)))
            .map(place -> new MountPoint(place, fields.get(separator + 1)));
  }

  /** The path that {@code name} spells, a name of bytes that were read as Latin-1. */
  public static Optional<Path> path(String name) {
    if (!name.startsWith("/")) {
      return Optional.empty();
    }
    String text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 && text.indexOf('\0') < 0
        ? Optional.of(Path.of(text).normalize())
        : Optional.empty();
  }

  /** A field of mountinfo or fstab(5), in which octal numbers stand for blanks and backslashes. */
  public static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
