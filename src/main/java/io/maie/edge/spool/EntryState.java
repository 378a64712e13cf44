package io.maie.edge.spool;

/** State of an entry of the inbox on its way to the worker; a stable word for machines. */
public enum EntryState {
  /** Can be claimed now. */
  READY,
  /** Changed a moment ago, or is not looked at yet. */
  SETTLING,
  /** Another program has it open for writing. */
  OPEN_FOR_WRITING,
  /** Its writer has not said yet how long it will be. */
  GROWING,
  /** Declares more than has arrived. */
  INCOMPLETE,
  /** Holds no byte yet. */
  EMPTY,
  /** Waits for something that its folder asks for, such as a sidecar. */
  HELD,
  /** May not be read or moved. */
  PERMISSION_DENIED,
  /** A link, pipe, socket or device: never opened, never followed. */
  NOT_A_REGULAR_FILE,
  /** A temporary name of a program that is still copying, or was interrupted. */
  PARTIAL,
  /** A name that is not for us: hidden, of the system, or on the operator's list. */
  IGNORED,
  /** Stops claiming as long as it lies in the inbox. */
  PAUSE,
  /** Parameters of a recording. */
  SIDECAR,
  /** Parameters of a folder. */
  FOLDER_PROFILE,
  /** A folder too deep to be scanned. */
  TOO_DEEP;

  /** Returns whether it is a recording that will be processed without anybody's help. */
  public boolean isWaiting() {
    return switch (this) {
      case READY, SETTLING, OPEN_FOR_WRITING, GROWING, INCOMPLETE, EMPTY, HELD -> true;
      case PERMISSION_DENIED,
          NOT_A_REGULAR_FILE,
          PARTIAL,
          IGNORED,
          PAUSE,
          SIDECAR,
          FOLDER_PROFILE,
          TOO_DEEP ->
          false;
    };
  }
}
