package io.maie.edge.retention;

/**
 * Limits at which disk space counts as short. The larger one of each pair counts.
 *
 * @param minFreeBytes below this nothing is claimed
 * @param minFreeFraction below this share of the disk nothing is claimed, 0 to 1
 * @param warnFraction at this share of use the status warns and a cleanup is due, 0 to 1
 */
public record DiskRules(long minFreeBytes, double minFreeFraction, double warnFraction) {

  public static final DiskRules DEFAULTS = new DiskRules(200_000_000L, 0.01, 0.8);

  public DiskRules {
    if (minFreeBytes < 0) {
      throw new IllegalArgumentException(
          "expected minFreeBytes of 0 or more, found " + minFreeBytes);
    }
    requireShare(minFreeFraction, "minFreeFraction");
    requireShare(warnFraction, "warnFraction");
  }

  private static void requireShare(double share, String name) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("expected a " + name + " of 0 to 1, found " + share);
    }
  }

  /** The bytes that must stay free on a disk of {@code totalBytes}. */
  public long minFree(long totalBytes) {
    return Math.max(minFreeBytes, (long) (totalBytes * minFreeFraction));
  }
}
