package io.maie.edge.modelfile;

import java.util.regex.Pattern;

/**
 * True if somebody who installs a model may use it for whatever they like, as far as the name of
 * the licence of its weights tells. A model that may not is used only where it is asked for.
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

  /** A name that says nothing, or none at all, is taken for a free one. */
  static boolean isFree(String license) {
    return !RESTRICTED.matcher(license).matches();
  }
}
