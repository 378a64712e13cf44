/**
 * Diarization by short pieces: speech is cut into pieces of one voice, each piece gets an
 * embedding, and clusters of embeddings are the speakers.
 */
@NullMarked
package io.maie.edge.diarization.pieces;

import org.jspecify.annotations.NullMarked;
