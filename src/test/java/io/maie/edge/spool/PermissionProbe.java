package io.maie.edge.spool;

import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Prints what one scan of an inbox sees; run by {@link PermissionTest} as another user. */
final class PermissionProbe {

  private PermissionProbe() {}

  public static void main(String[] arguments) throws IOException {
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(look(Path.of(arguments[0])));
  }

  /**
   * Results of the first scan, of the scan after all has settled, and after each attempted claim.
   */
  static String look(Path folder) throws IOException {
    ManualTicker ticker = new ManualTicker();
    Inbox inbox = new Inbox(InboxOptions.of(folder), ArrivalChecks.disabled(), ticker);
    String views = text(inbox.scan());
    ticker.advance(SettleOptions.DEFAULTS.local());
    InboxView settled = inbox.scan();
    for (Candidate candidate : settled.ready()) {
      try {
        inbox.claim(candidate, Files.createTempDirectory("work").resolve("input"));
      } catch (IOException e) {
        views += e + "\n";
      }
    }
    return views + text(settled) + text(inbox.scan());
  }

  private static String text(InboxView view) {
    return view.entries().stream()
        .map(entry -> entry.name() + " " + entry.state() + " " + entry.reason() + "\n")
        .collect(Collectors.joining());
  }
}
