package io.maie.edge.cli;

/** How far the doctor looks. */
public enum DoctorDepth {
  /** A few seconds: settings, folders, programs, models. */
  QUICK,
  /** Also runs a sample recording through a temporary spool. */
  DEEP
}
