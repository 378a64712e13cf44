package io.maie.edge.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * From a finished arrival to the claim, seen from outside: the moment the name is gone from the
 * inbox. Ours and Camel's take turns, file by file, in one run; each is idle when a file arrives.
 */
final class ArrivalBench {
  private static final double SECONDS_OF_SOUND = 0.5;
  private static final int COPY_BLOCK = 64 * 1024;

  private ArrivalBench() {}

  static void run(int rounds) throws Exception {
    byte[] recording = Recordings.noise(SECONDS_OF_SOUND, 1);
    Path work = Files.createTempDirectory("maie-bench-camel-");
    try (DaemonUnderTest daemon = DaemonUnderTest.start();
        DefaultCamelContext camel = new DefaultCamelContext()) {
      Path none = Files.createDirectory(work.resolve("none"));
      Path changed = Files.createDirectory(work.resolve("changed"));
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("file:" + none + "?delay=50&initialDelay=0&readLock=none&preMove=.claimed&delete=true")
                  .to("log:none?level=OFF");
              from("file:" + changed + "?delay=500&initialDelay=0&readLock=changed&preMove=.claimed&delete=true")
                  .to("log:changed?level=OFF");
            }
          });
      camel.start();
      Figures oursRenamed = new Figures("maie-edge, renamed in", "ms");
      Figures oursCopied = new Figures("maie-edge, cp", "ms");
      Figures camelNone = new Figures("camel readLock=none, renamed in", "ms");
      Figures camelChanged = new Figures("camel readLock=changed, cp", "ms");
      for (int round = -2; round < rounds; round++) {
        double ours = rename(recording, daemon.inbox(), "r" + round + ".wav");
        daemon.awaitDone("r" + round + ".wav", 60);
        double theirs = rename(recording, none, "r" + round + ".wav");
        double oursCopy = copy(recording, daemon.inbox(), "c" + round + ".wav");
        daemon.awaitDone("c" + round + ".wav", 60);
        double theirsCopy = copy(recording, changed, "c" + round + ".wav");
        if (round >= 0) {
          oursRenamed.add(ours);
          oursCopied.add(oursCopy);
          camelNone.add(theirs);
          camelChanged.add(theirsCopy);
        }
      }
      System.out.println(oursRenamed);
      System.out.println(camelNone);
      ratio("renamed in, ours / camel none", oursRenamed, camelNone, 1.5);
      System.out.println(oursCopied);
      System.out.println(camelChanged);
      ratio("cp, ours / camel changed", oursCopied, camelChanged, 0.25);
    } finally {
      Folders.delete(work);
    }
  }

  private static void ratio(String name, Figures ours, Figures theirs, double bar) {
    System.out.printf(
        Locale.ROOT, "%s: %.3f (bar %.2f)%n", name, ours.median() / theirs.median(), bar);
  }

  /** Milliseconds from the rename into the folder until the name is gone. */
  private static double rename(byte[] bytes, Path folder, String name) throws IOException {
    Path hidden = folder.resolve("." + name + ".tmp");
    Files.write(hidden, bytes);
    Path visible = folder.resolve(name);
    long start = System.nanoTime();
    Files.move(hidden, visible, StandardCopyOption.ATOMIC_MOVE);
    return untilGone(visible, start);
  }

  /** Milliseconds from the close of a file written under its final name until the name is gone. */
  private static double copy(byte[] bytes, Path folder, String name) throws IOException {
    Path visible = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(visible)) {
      for (int at = 0; at < bytes.length; at += COPY_BLOCK) {
        out.write(bytes, at, Math.min(COPY_BLOCK, bytes.length - at));
      }
    }
    return untilGone(visible, System.nanoTime());
  }

  private static double untilGone(Path file, long start) {
    long deadline = start + TimeUnit.SECONDS.toNanos(60);
    while (Files.exists(file)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("nobody claimed " + file);
      }
      LockSupport.parkNanos(200_000);
    }
    return (System.nanoTime() - start) / 1e6;
  }
}
