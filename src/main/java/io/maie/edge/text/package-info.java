/** What is made of a transcript by looking at its text; what languages such rules exist for. */
@NullMarked
package io.maie.edge.text;

import org.jspecify.annotations.NullMarked;
