package io.maie.edge.request;

import java.util.Locale;

/** A part of the result that can be asked for. */
public enum Feature {
  RAW_TRANSCRIPT,
  CLEAN_TRANSCRIPT,
  SUMMARY,
  ENHANCEMENT_METRICS;

  /** The word in parameters and results. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
