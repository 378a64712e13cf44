/** Tests of summaries by a language model. */
@NullMarked
package io.maie.edge.text.summary;

import org.jspecify.annotations.NullMarked;
