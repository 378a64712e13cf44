package io.maie.edge.request;

import java.util.Locale;

/** A form in which a result is published; declared in the order of publication, JSON last. */
public enum OutputFormat {
  TXT,
  SRT,
  VTT,
  RTTM,
  MD,
  HTML,
  JSON;

  /** The word in parameters, and the file suffix without the dot. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
