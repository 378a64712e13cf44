package io.maie.edge.telemetry;

/** Judgement on the free space of a disk. */
public enum DiskLevel {
  FINE,
  /** More is used than the operator likes: a cleanup is due. */
  FILLING,
  /** Nothing is claimed, and the emergency rules of retention apply. */
  SHORT
}
