package io.maie.edge.task;

/** The way by which a recording came in. */
public enum Intake {
  /** Somebody put it into the inbox. */
  FOLDER(true),
  /** It was sent to the local API; its result is fetched there. */
  API(false),
  /** It was sent to the local API, and its result is published in the outbox as well. */
  API_AND_OUTBOX(true);

  private final boolean publishes;

  Intake(boolean publishes) {
    this.publishes = publishes;
  }

  /** Returns whether the result appears in the outbox. */
  public boolean publishes() {
    return publishes;
  }

  /** Returns whether the recording was sent to the local API. */
  public boolean isApi() {
    return this != FOLDER;
  }
}
