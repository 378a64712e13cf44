package io.maie.edge.cli;

/** Files that an editor can know by their schema. */
enum SchemaOf {
  SETTINGS,
  SIDECAR,
  FOLDER
}
