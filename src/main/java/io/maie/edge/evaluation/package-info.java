/**
 * Distance of a transcript from what was said, and of speakers from who spoke: normalised words,
 * edit distances, rates.
 */
@NullMarked
package io.maie.edge.evaluation;

import org.jspecify.annotations.NullMarked;
