package io.maie.edge.result;

import io.maie.edge.transcript.CleanTranscript;

/** A clean transcript, and how far it is from what the recogniser wrote. */
public record CleanedText(CleanTranscript transcript, Enhancement figures) {}
