package io.maie.edge.modelfile;

import java.util.regex.Pattern;

/**
 * Tells whether a model may be used for any purpose, as far as the name of the licence of its
 * weights tells. Any other model is used only where it is named.
 */
final class Licences {
  /**
   * Licences for some purposes only, and those that want a registration or have a limit or terms of
   * use.
   */
  private static final Pattern RESTRICTED =
      Pattern.compile(
          "(?i).*(-nc\\b|non-?commercial|community|research|\\bprosperity\\b|llama|gemma).*");

  private Licences() {}

  /** An unknown name, or none at all, counts as a free licence. */
  static boolean isFree(String license) {
    return !RESTRICTED.matcher(license).matches();
  }
}
