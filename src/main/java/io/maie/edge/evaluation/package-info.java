/**
 * How far a transcript is from what was said, and speakers from who spoke: normalised words, edit
 * distances, rates.
 */
@NullMarked
package io.maie.edge.evaluation;

import org.jspecify.annotations.NullMarked;
