package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

/**
 * Request to the running daemon: cancel a task. All else that commands do happens on disk and needs
 * no daemon.
 *
 * @param cancel the id of the task, or the name or path of its recording
 * @param asker null in a request of an earlier version = {@link Asker#OPERATOR}
 */
public record CancelRequest(String cancel, Asker asker) {

  public CancelRequest {
    requireNonNull(cancel, "cancel is null");
    asker = asker == null ? Asker.OPERATOR : asker;
  }

  public static CancelRequest byOperator(String cancel) {
    return new CancelRequest(cancel, Asker.OPERATOR);
  }

  /** Those who may ask for it. */
  public enum Asker {
    OPERATOR("Cancelled by the operator"),
    CLIENT("Cancelled through the API"),
    CLIENT_THAT_LEFT("Cancelled, because the client that waited for the result left");

    private final String sentence;

    Asker(String sentence) {
      this.sentence = sentence;
    }

    /** The message of the failure. */
    public String sentence() {
      return sentence;
    }
  }
}
