package io.maie.edge.spool;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.MountPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The mount points of this machine: those that are in use ({@code /proc/self/mountinfo}), and those
 * that the system fills at its start ({@code fstab(5)} and the enabled {@code systemd.mount(5)}
 * units). A mount point without its disk is an ordinary folder, and whatever is written there is
 * hidden once the disk is back.
 */
final class MountTable {
  private static final Logger LOG = LoggerFactory.getLogger(MountTable.class);

  /** Fields of a line of fstab, from 0. */
  private static final int TARGET = 1;

  private static final int OPTIONS = 3;
  private static final String WHERE = "Where=";

  private final Path present;
  private final Path fstab;
  private final Path units;

  /**
   * The table of a machine.
   *
   * @param present lines as in {@code /proc/self/mountinfo}
   * @param units the folder of systemd whose {@code *.wants} and {@code *.requires} folders name
   *     the enabled units
   */
  MountTable(Path present, Path fstab, Path units) {
    this.present = requireNonNull(present, "present is null");
    this.fstab = requireNonNull(fstab, "fstab is null");
    this.units = requireNonNull(units, "units is null");
  }

  static MountTable ofSystem() {
    return new MountTable(
        MountPoint.OF_THIS_PROCESS, Path.of("/etc/fstab"), Path.of("/etc/systemd/system"));
  }

  /** The mount point in use at or above {@code folder}, which need not exist. */
  Path mountPointOf(Path folder) {
    Path place = real(folder);
    return present().stream()
        .filter(place::startsWith)
        .max(Comparator.comparingInt(Path::getNameCount))
        .orElse(place.getRoot());
  }

  /** Returns whether something is mounted at {@code place} now. */
  boolean isInUse(Path place) {
    return place.getNameCount() == 0 || present().contains(place);
  }

  /** The mount point at or above {@code folder} whose disk should be there and is not. */
  Optional<Path> missing(Path folder) {
    Path place = real(folder);
    List<Path> filled = present();
    return Stream.concat(ofFstab().stream(), ofUnits().stream())
        .filter(target -> target.getNameCount() > 0 && place.startsWith(target))
        .filter(target -> !filled.contains(target))
        .findFirst();
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize();
    }
  }

  private List<Path> present() {
    return MountPoint.allOf(present).stream().map(MountPoint::place).toList();
  }

  private List<Path> ofFstab() {
    return lines(fstab).stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(fields -> fields.length > OPTIONS && !fields[0].startsWith("#"))
        .filter(fields -> !List.of(fields[OPTIONS].split(",", -1)).contains("noauto"))
        .flatMap(fields -> MountPoint.path(MountPoint.unescaped(fields[TARGET])).stream())
        .toList();
  }

  private List<Path> ofUnits() {
    List<Path> targets = new ArrayList<>();
    try (Stream<Path> found = Files.isDirectory(units) ? Files.walk(units, 2) : Stream.of()) {
      for (Path unit : found.filter(MountTable::isEnabledMount).toList()) {
        lines(unit).stream()
            .filter(line -> line.startsWith(WHERE))
            .flatMap(line -> MountPoint.path(line.substring(WHERE.length()).strip()).stream())
            .forEach(targets::add);
      }
    } catch (IOException e) {
      LOG.debug("Listing '{}' failed; its mount units are not known: {}", units, e.toString());
    }
    return targets;
  }

  private static boolean isEnabledMount(Path path) {
    String parent = String.valueOf(path.toAbsolutePath().resolveSibling("").getFileName());
    return path.toString().endsWith(".mount")
        && (parent.endsWith(".wants") || parent.endsWith(".requires"));
  }

  /** A table that this system does not have is empty. */
  private static List<String> lines(Path table) {
    try {
      return Files.readAllLines(table, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      LOG.debug("Reading '{}' failed; it counts as empty: {}", table, e.toString());
      return List.of();
    }
  }
}
