/** Finds in a transcript, by rules, what a summary is made of; each finding is a span of it. */
@NullMarked
package io.maie.edge.text.extract;

import org.jspecify.annotations.NullMarked;
