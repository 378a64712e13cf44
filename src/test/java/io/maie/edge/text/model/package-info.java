/** Tests of what every language model is given. */
@NullMarked
package io.maie.edge.text.model;

import org.jspecify.annotations.NullMarked;
