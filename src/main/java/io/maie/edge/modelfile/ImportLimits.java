package io.maie.edge.modelfile;

/**
 * Limits of an import, so that a hostile archive does not fill the disk.
 *
 * @param bytes of all files together, unpacked
 * @param minFreeBytes the space that stays free on the disk
 */
public record ImportLimits(int files, long bytes, long minFreeBytes) {

  /** Room for the largest published speech models. */
  public static final long MOST_BYTES = 20_000_000_000L;

  public ImportLimits {
    if (files < 1 || bytes < 1 || minFreeBytes < 0) {
      throw new IllegalArgumentException("expected limits above 0");
    }
  }

  /** The usual limits. */
  public static ImportLimits leaving(long minFreeBytes) {
    return new ImportLimits(1_000, MOST_BYTES, minFreeBytes);
  }
}
