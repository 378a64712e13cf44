package io.maie.edge.pipeline;

import io.maie.edge.asr.RecognizerChoice;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.audio.decode.AudioDecoder;
import io.maie.edge.diarization.KnownVoices;
import io.maie.edge.text.summary.Summaries;

/**
 * Engines of the stages; loaded when a recording first needs them.
 *
 * @param voices by which speakers are named
 * @param filter looks at every transcript, whichever recogniser made it
 */
public record Engines(
    AudioDecoder decoder,
    DetectorChoice detectors,
    RecognizerChoice recognizers,
    DiarizerChoice diarizers,
    KnownVoices voices,
    TranscriptFilter filter,
    Summaries summaries) {}
