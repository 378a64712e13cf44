package io.maie.edge.text.model;

import java.util.regex.Pattern;

/** Marks material as such: what stands between the marks cannot end them. */
public final class Material {
  /** Text that chat templates and tokenizers may take for a mark of theirs. */
  private static final Pattern CONTROL_WORD = Pattern.compile("\\[(/?[A-Z_]{3,})]");

  private Material() {}

  /**
   * {@code text} between {@code <transcript>} and {@code </transcript>}. Angle brackets in it
   * become others that mean the same to a reader and nothing to a model, and so do words in
   * brackets such as {@code [INST]}.
   */
  public static String marked(String text) {
    return "<transcript>\n" + harmless(text).strip() + "\n</transcript>";
  }

  private static String harmless(String text) {
    return CONTROL_WORD.matcher(text.replace('<', '‹').replace('>', '›')).replaceAll("($1)");
  }
}
