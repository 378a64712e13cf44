/** Failure codes and the exception that carries one. */
@NullMarked
package io.maie.edge.failure;

import org.jspecify.annotations.NullMarked;
