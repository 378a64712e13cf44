package io.maie.edge.asr.whisper;

import io.maie.edge.transcript.Language;

/**
 * A language to hear a chunk in.
 *
 * @param prompt the tokens that the decoder reads first
 */
record LanguageTry(Language language, Prompt prompt) {}
