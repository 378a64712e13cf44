package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a program when no more files can be opened; run by {@link StartLimitsTest}. */
final class StartLimitsProbe {
  private StartLimitsProbe() {}

  /** Prints what is said about it. */
  public static void main(String[] arguments) throws IOException {
    List<String> command = List.of("true");
    // a class that is needed later could not be read either
    System.out.println("before: " + said(command));
    System.out.println("missing: " + said(List.of("no-such-program")));
    List<InputStream> open = new ArrayList<>();
    try {
      while (true) {
        open.add(Files.newInputStream(Path.of("/dev/null")));
      }
    } catch (IOException e) {
      // no more can be opened
    }
    String without = said(command);
    for (InputStream each : open) {
      each.close();
    }
    System.out.println("without: " + without);
  }

  private static String said(List<String> command) {
    try (ChildProcess child = ChildProcess.start(command, "nothing")) {
      return "started " + child.exit().get();
    } catch (ProcessingException e) {
      return e.code() + " " + e.getMessage() + " | " + e.hint().orElse("");
    } catch (Exception e) {
      return e.toString();
    }
  }
}
