package io.maie.edge.audio.decode;

import io.maie.edge.amount.Amounts;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The space that is left where the samples go.
 *
 * @param folder on the file system in question
 * @param marginBytes always to be left
 */
record FreeSpace(Path folder, long marginBytes) {

  /**
   * Returns if {@code bytes} more can be written.
   *
   * @throws ProcessingException {@code DISK_FULL}
   */
  void require(long bytes) throws IOException, ProcessingException {
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (usable - marginBytes < bytes) {
      ProcessingException failure =
          new ProcessingException(
                  FailureCode.DISK_FULL,
                  "Expected "
                      + Amounts.bytes(bytes + marginBytes)
                      + " of free disk space for the decoded recording, found "
                      + Amounts.bytes(usable),
                  "Free some space, or let retention delete more; the recording waits")
              .withDetail("needed_bytes", bytes + marginBytes)
              .withDetail("usable_bytes", usable);
      // what is needed beyond the margin is the need of this recording alone
      throw bytes > 0 ? failure.withDetail("recording_bytes", bytes) : failure;
    }
  }
}
