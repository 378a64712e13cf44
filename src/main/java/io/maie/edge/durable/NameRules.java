package io.maie.edge.durable;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names that a file system can hold. File systems of Windows and shares of Windows refuse
 * characters that every Unix file system takes.
 *
 * @param refused characters that no name may contain, beside {@code /} and NUL
 * @param highestCodePoint characters above it are refused too
 * @param holdsTrailingDots whether a name may end in a dot or a blank
 * @param holdsDeviceNames whether files may be called as the devices of DOS: {@code CON}, {@code
 *     NUL.txt}
 * @param mostBytes of a name in UTF-8
 */
public record NameRules(
    String refused,
    int highestCodePoint,
    boolean holdsTrailingDots,
    boolean holdsDeviceNames,
    int mostBytes) {

  /** File systems of Unix. */
  public static final NameRules UNIX =
      new NameRules("", Character.MAX_CODE_POINT, true, true, FileNames.MOST_BYTES);

  /**
   * Devices of DOS, which Windows knows by the part before the first dot ("Naming Files, Paths, and
   * Namespaces", Microsoft).
   */
  private static final Pattern DEVICE =
      Pattern.compile("(?s)(CON|PRN|AUX|NUL|CONIN\\$|CONOUT\\$|(COM|LPT)[0-9¹²³]) *(\\..*)?");

  private static final char SUBSTITUTE = '_';

  /**
   * The {@code number}-th name of a series, with {@code _} for what cannot be held. Different
   * series may give one name, so the caller checks that it is free.
   */
  public String name(NameSeries series, int number) {
    String stem = series.stem();
    boolean isDevice = !holdsDeviceNames && DEVICE.matcher(stem.toUpperCase(Locale.ROOT)).matches();
    String held = isDevice ? SUBSTITUTE + stem : stem;
    return safe(new NameSeries(held, series.suffix()).name(number, mostBytes));
  }

  /** The rules in a few words, on one line. */
  public String forPeople() {
    String characters =
        refused
            .codePoints()
            .filter(c -> c >= ' ')
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "refused='%s' highest=U+%04X trailing_dots=%s device_names=%s most_bytes=%d",
        characters,
        highestCodePoint,
        holdsTrailingDots,
        holdsDeviceNames,
        mostBytes);
  }

  private String safe(String name) {
    StringBuilder safe = new StringBuilder(name.length());
    name.codePoints().forEach(c -> safe.appendCodePoint(isHeld(c) ? c : SUBSTITUTE));
    int end = safe.length() - 1;
    while (!holdsTrailingDots && end >= 0 && ". ".indexOf(safe.charAt(end)) >= 0) {
      safe.setCharAt(end--, SUBSTITUTE);
    }
    return safe.toString();
  }

  private boolean isHeld(int codePoint) {
    return codePoint <= highestCodePoint && refused.indexOf(codePoint) < 0;
  }
}
