/** Constrains what a language model writes to what a JSON Schema admits. Knows no model. */
@NullMarked
package io.maie.edge.text.constrain;

import org.jspecify.annotations.NullMarked;
