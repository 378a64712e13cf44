package io.maie.edge.spool;

import io.maie.edge.testing.ManualTicker;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Claims from a disk that it has filled up; run by {@link FullDiskTest} in a process of its own.
 */
final class FullDiskProbe {
  private FullDiskProbe() {}

  /**
   * Prints what lies in the inbox and at the target afterwards.
   *
   * @param arguments the inbox, on a small disk of its own, and a folder elsewhere
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path target = Path.of(arguments[1]).resolve("input");
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Files.writeString(sub.resolve("r\u00e4uber.mp3"), "sound");
    fill(folder.resolve(".filler"));
    ManualTicker ticker = new ManualTicker();
    Inbox inbox = new Inbox(InboxOptions.of(folder), ArrivalChecks.disabled(), ticker);
    inbox.scan();
    ticker.advance(SettleOptions.DEFAULTS.local());
    boolean claimed = inbox.claim(inbox.scan().ready().get(0), target).isPresent();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("claimed " + claimed + " " + Files.readString(target));
    try (Stream<Path> left = Files.list(sub)) {
      out.println("left " + left.toList());
    }
  }

  private static void fill(Path filler) throws IOException {
    byte[] block = new byte[1024];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      // the disk is full now
    }
  }
}
