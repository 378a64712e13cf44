package io.maie.edge.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A process and the start of the machine that it belongs to.
 *
 * @param bootId the same until the machine restarts; {@code unknown} where the system does not say
 */
public record ProcessIdentity(String bootId, long pid) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /** The identity of the running program. */
  public static ProcessIdentity current() {
    String bootId = "unknown";
    try {
      bootId = Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      // not on this operating system: every open attempt then counts as a crash
      return new ProcessIdentity(bootId, ProcessHandle.current().pid());
    }
    return new ProcessIdentity(bootId, ProcessHandle.current().pid());
  }
}
