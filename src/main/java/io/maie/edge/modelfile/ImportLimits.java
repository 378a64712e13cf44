package io.maie.edge.modelfile;

/**
 * What an import accepts at most, so that a hostile archive does not fill the disk.
 *
 * @param bytes of all files together, unpacked
 */
public record ImportLimits(int files, long bytes) {

  /** Room for the largest published speech models. */
  public static final ImportLimits DEFAULTS = new ImportLimits(1_000, 20_000_000_000L);

  public ImportLimits {
    if (files < 1 || bytes < 1) {
      throw new IllegalArgumentException("expected limits above 0");
    }
  }
}
