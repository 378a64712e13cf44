package io.maie.edge.text.server;

import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.telemetry.Check;
import io.maie.edge.text.model.ModelException;
import io.maie.edge.time.Ticker;
import java.io.IOException;
import java.time.Duration;

/** Names a server that transcripts are sent to, and finds out whether it answers. */
public final class ServerCheck implements Check {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final String purpose;
  private final ServerOptions options;
  private final Ticker ticker;

  /**
   * A check of one server.
   *
   * @param purpose the purpose of sending transcripts, such as {@code summaries}
   */
  public ServerCheck(String purpose, ServerOptions options, Ticker ticker) {
    this.purpose = purpose;
    this.options = options;
    this.ticker = ticker;
  }

  @Override
  public String name() {
    return "text server for " + purpose;
  }

  @Override
  public Finding run() {
    String sent = "Transcripts are sent to " + options.address() + " for " + purpose;
    try {
      ServerReply reply = connection().get("models", StageContext.disabled());
      return reply.isOk()
          ? Finding.ok(sent + "; it answers")
          : Finding.warning(sent + ", and " + reply.fault(), hint());
    } catch (IOException | ModelException | TaskStoppedException e) {
      return Finding.warning(sent + ", and " + e.getMessage(), hint());
    }
  }

  private String hint() {
    return "Look at text.summary and text.cleaning; the section 'A language model on a server' of"
        + " the deployment guide tells how the service may connect";
  }

  private ServerConnection connection() {
    Duration connect = options.connect().compareTo(LONGEST) < 0 ? options.connect() : LONGEST;
    return new ServerConnection(
        new ServerOptions(
            options.address(),
            options.model(),
            options.keyFile(),
            options.contextTokens(),
            connect,
            LONGEST,
            1),
        ticker);
  }
}
