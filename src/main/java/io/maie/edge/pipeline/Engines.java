package io.maie.edge.pipeline;

import static java.util.Objects.requireNonNull;

import io.maie.edge.asr.RecognizerChoice;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.audio.decode.AudioDecoder;

/**
 * What does the work of the stages; loaded when a recording first needs it.
 *
 * @param filter looks at every transcript, whichever recogniser made it
 */
public record Engines(
    AudioDecoder decoder,
    DetectorChoice detectors,
    RecognizerChoice recognizers,
    TranscriptFilter filter) {

  public Engines {
    requireNonNull(decoder, "decoder is null");
    requireNonNull(detectors, "detectors is null");
    requireNonNull(recognizers, "recognizers is null");
    requireNonNull(filter, "filter is null");
  }
}
