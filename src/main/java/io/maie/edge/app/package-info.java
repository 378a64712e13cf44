/**
 * Assembles the program by hand, starts it in order, stops it in reverse. The only place that names
 * implementations.
 */
@NullMarked
package io.maie.edge.app;

import org.jspecify.annotations.NullMarked;
