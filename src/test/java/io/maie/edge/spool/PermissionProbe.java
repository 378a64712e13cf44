package io.maie.edge.spool;

import io.maie.edge.testing.ManualTicker;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Prints what one scan of an inbox sees; run by {@link PermissionTest} as another user. */
final class PermissionProbe {

  private PermissionProbe() {}

  public static void main(String[] arguments) {
    new PrintStream(System.out, true, StandardCharsets.UTF_8).print(look(Path.of(arguments[0])));
  }

  static String look(Path folder) {
    return new Inbox(InboxOptions.of(folder), Judges.disabled(), new ManualTicker())
        .scan().entries().stream()
            .map(entry -> entry.name() + " " + entry.state() + " " + entry.reason() + "\n")
            .collect(Collectors.joining());
  }
}
