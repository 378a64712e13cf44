package io.maie.edge.text.summary;

import java.io.Serial;

/** No summary that is valid against its schema could be made; the message tells why. */
public final class IncompleteSummaryException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public IncompleteSummaryException(String message) {
    super(message);
  }
}
