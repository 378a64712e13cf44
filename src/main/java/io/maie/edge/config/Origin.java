package io.maie.edge.config;

/**
 * Place that a value comes from.
 *
 * @param where the document with line and column, the variable, or the flag
 */
record Origin(Layer layer, String where) {

  /** Sources of a setting, weakest first. */
  enum Layer {
    DEFAULT,
    PROFILE,
    FILE,
    ENVIRONMENT,
    FLAG
  }

  /** The declaration of the setting. */
  static final Origin DEFAULT = new Origin(Layer.DEFAULT, "default");
}
