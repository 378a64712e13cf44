package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.telemetry.Check;
import java.util.Locale;

/**
 * Checks that names of files can be read and written as they are. Without a UTF-8 locale Java turns
 * a name like {@code Müller.wav} into one that does not exist.
 */
final class LocaleCheck implements Check {
  private final String nameEncoding;

  /**
   * A check.
   *
   * @param nameEncoding the system property {@code sun.jnu.encoding}
   */
  LocaleCheck(String nameEncoding) {
    this.nameEncoding = requireNonNull(nameEncoding, "nameEncoding is null");
  }

  @Override
  public String name() {
    return "locale";
  }

  @Override
  public Finding run() {
    return nameEncoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8")
        ? Finding.ok("names of files are UTF-8")
        : Finding.failure(
            "Expected a UTF-8 locale, found the encoding '" + nameEncoding + "' for names of files",
            "Set LC_ALL=C.UTF-8, or start with bin/maie-edge, which does");
  }
}
