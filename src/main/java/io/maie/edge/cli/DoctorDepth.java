package io.maie.edge.cli;

/** Depth to which the doctor looks. */
public enum DoctorDepth {
  /** A few seconds: settings, folders, programs, models. */
  QUICK,
  /** Also runs a sample recording through a temporary spool. */
  DEEP
}
